"""Lining people up to answer first: asking them, what they say, letting them go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence import outbox
from discussions.models import SEATS, PromptRound, Responder
from discussions.prompts import rounds, rules, suggesting
from foundation.models import Via
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

S = Responder.Status
MOST = SEATS - 1  # beside the one who posts the prompt
ACCEPT = Transition("will answer first", frozenset({S.ASKED, S.DECLINED}), S.ACCEPTED, rules.speaks_for_self)
DECLINE = Transition("will not answer first", frozenset({S.ASKED, S.ACCEPTED}), S.DECLINED, rules.speaks_for_self)
RELEASE = Transition("no longer asked", frozenset({S.ASKED, S.ACCEPTED}), S.RELEASED, rules.lines_up)
ASK_AGAIN = Transition("asked again", frozenset({S.RELEASED}), S.ASKED, rules.lines_up)
ANSWER = Transition("answered first", frozenset({S.ACCEPTED}), S.ANSWERED, anybody)


@transaction.atomic
def ask(one: PromptRound, person: User, *, by: User, note: str = "", via: Via = Via.WEB) -> Responder:
    """Ask somebody to answer a round first. Whoever was asked and declined is not asked twice."""
    # Two leaders may ask at once: they queue at the round, so that no more are asked than there are seats.
    locked = PromptRound.objects.select_for_update(no_key=True, of=("self",)).select_related("prompt__space").get(pk=one.pk)
    if not rules.runs_round(by, locked):
        raise PermissionDenied(_("Only those who lead the space line people up."))
    if not locked.is_to_come:
        raise TransitionRefused(_("This round is open already, or was called off."))
    if not suggesting.candidates(locked.prompt.space).filter(pk=person.pk).exists():
        raise ValidationError(_("%(name)s cannot answer in this space, or is away.") % {"name": person})
    if locked.responders.filter(status__in=["asked", "accepted", "answered"]).count() >= MOST:
        raise ValidationError(_("Seven people are asked already: that is all the seats there are."))
    responder = _asked(locked, person, by=by, note=note.strip(), via=via)
    outbox.post(
        "prompt_asked", person, key=f"prompt-asked:{responder.pk}:{responder.asked_at:%Y%m%d%H%M%S}", responder=responder.pk
    )
    return responder


def _asked(one: PromptRound, person: User, *, by: User, note: str, via: Via) -> Responder:
    now = timezone.now()
    responder, is_new = Responder.objects.get_or_create(
        round=one, person=person, defaults={"asked_by": by, "note": note, "asked_at": now}
    )
    if is_new:
        record("asked to answer first", responder, by=by, via=via, after=S.ASKED)
    elif responder.status == S.RELEASED:
        apply(ASK_AGAIN, responder, by=by, via=via, asked_by=by, note=note, asked_at=now)
    else:
        raise ValidationError(_("%(name)s has been asked already.") % {"name": person})
    return responder


@transaction.atomic
def accept(responder: Responder, *, by: User, word: str = "", via: Via = Via.WEB) -> None:
    """Agree to answer first. In its private hours the prompt is there at once."""
    one = _round_of(responder)
    apply(ACCEPT, responder, by=by, via=via, word=word.strip()[:500], said_at=timezone.now())
    if one.thread_id is not None:
        rounds.give_early(one, responder)


@transaction.atomic
def decline(responder: Responder, *, by: User, word: str = "", via: Via = Via.WEB) -> None:
    """Say "not this time", also after having agreed. It needs no reason."""
    one = _round_of(responder)
    apply(DECLINE, responder, by=by, via=via, word=word.strip()[:500], said_at=timezone.now())
    _leave_the_table(one, responder)


@transaction.atomic
def release(responder: Responder, *, by: User, via: Via = Via.WEB) -> None:
    """Ask somebody no longer."""
    one = _round_of(responder)
    apply(RELEASE, responder, by=by, via=via)
    _leave_the_table(one, responder)


def _leave_the_table(one: PromptRound, responder: Responder) -> None:
    if one.thread is not None:
        one.thread.participants.filter(person=responder.person_id).delete()


def _round_of(responder: Responder) -> PromptRound:
    """The round, locked: somebody who agrees while it opens comes before that, or finds it open."""
    one = (
        PromptRound.objects.select_for_update(no_key=True, of=("self",))
        .select_related("prompt__space", "thread")
        .get(pk=responder.round_id)
    )
    if not one.is_to_come:
        raise TransitionRefused(_("This round is open already, or was called off."))
    responder.round = one
    return one
