"""Telling people that a prompt is open: each once, in one mail, however often and by however many workers it is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from correspondence import outbox, preferences
from discussions.following.recipients import readers_of
from discussions.models import Follow, Prompt, PromptRound, PromptWish, Responder, Space, SpaceRole

if TYPE_CHECKING:
    from django.db.models import QuerySet

Level = Follow.Level


def ask_workers_to_tell(round_pk: int) -> None:
    """Have a worker tell everybody soon; when the broker does not answer, the clock finds the round."""
    from discussions.prompts.tasks import tell_of_round  # deferred: tasks import this module

    outbox.ask_workers(tell_of_round, [round_pk])


@transaction.atomic
def tell(round_pk: int) -> int:
    """Post the mail about an open round to everybody who is to get it; return how many are new."""
    one = PromptRound.objects.to_tell().filter(pk=round_pk).select_related("prompt__space", "thread").first()
    if one is None or one.thread is None:
        return 0
    people = readers_by_mail(one.prompt).exclude(pk=one.thread.started_by_id).order_by("pk").values_list("pk", flat=True)
    # Two workers may be here at once: the keys of the mails let one of them post each.
    posted = outbox.post_many("prompt_opened", people.iterator(chunk_size=1000), key=f"prompt-opened:{one.pk}", round=one.pk)
    PromptRound.objects.filter(pk=one.pk, told_at=None).update(told_at=timezone.now())
    return posted


def tell_due() -> int:
    """Tell of the rounds that no worker was told of; return how many mails."""
    return sum(tell(pk) for pk in PromptRound.objects.to_tell().values_list("pk", flat=True))


def tell_of_another_moment(one: PromptRound) -> None:
    """Tell those who agreed to answer first that the round opens at another moment, or rests with its series."""
    change = f"{one.prompt.status}:{one.opens_at.isoformat()}:{timezone.now().isoformat()}"
    for responder in one.responders.filter(status=Responder.Status.ACCEPTED).select_related("person"):
        key = f"prompt-put-off:{responder.pk}:{change}"
        outbox.post("prompt_put_off", responder.person, key=key, responder=responder.pk)


def readers_by_mail(prompt: Prompt) -> QuerySet[Any]:
    """Whom a prompt is mailed to when it opens. What somebody said of this series stands before what they said of the space."""
    own = Follow.objects.filter(space=prompt.space_id, person=OuterRef("pk"))
    wishes = PromptWish.objects.filter(prompt=prompt, person=OuterRef("pk"))
    asked_for = Exists(wishes.filter(wants_mail=True)) | Exists(own.filter(level=Level.EVERY))
    silent = ~Exists(own.exclude(level=Level.EVERY))
    usual = Q(silent) if prompt.space.is_topic else Q(silent, Exists(_roles_in(prompt.space)))
    wanted = asked_for | usual if prompt.reach == Prompt.Reach.EVERYBODY else asked_for
    people = readers_of(prompt.space).filter(
        wanted, Q(ambassador__status="active") | Q(is_staff=True)
    )  # pausing, one is asked nothing
    people = people.exclude(Exists(wishes.filter(wants_mail=False))).exclude(Exists(own.filter(level=Level.MUTED)))
    return people.exclude(pk__in=preferences.who_switched_off("prompt_opened"))


def _roles_in(space: Space) -> QuerySet[SpaceRole]:
    return SpaceRole.objects.filter(space=space, person=OuterRef("pk"))
