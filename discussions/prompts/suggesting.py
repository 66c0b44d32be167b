"""Who could answer a round first, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.asks import may_be_asked_again
from ambassadors.models import Ambassador
from discussions.models import Post, PromptRound, Responder, Space, SpaceRole
from discussions.rules import ANSWERS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User

SHOWN = 6
REST = 2  # whoever answered first in the last rounds is left in peace
NEW_HERE = timedelta(days=60)


@dataclass(frozen=True)
class Suggestion:
    """Somebody to ask, and what speaks for it."""

    person: User
    reasons: list[str]


def candidates(space: Space) -> QuerySet[Any]:
    """Those who can answer in a space and can be asked for something today."""
    there = Ambassador.objects.available_on(timezone.now()).values("user")
    team = Q(is_staff=True, ambassador__isnull=True)
    people: QuerySet[Any] = get_user_model().objects.filter(Q(pk__in=there) | team, is_active=True)
    if space.is_topic:
        return people
    return people.filter(Exists(SpaceRole.objects.filter(space=space, person=OuterRef("pk"), role__in=ANSWERS)))


def suggestions_for(one: PromptRound) -> list[Suggestion]:
    """A few people to ask: who answered lately, who is new here, who has not been first yet. Nobody is ranked, nobody is counted.

    Whoever was asked for something as often as the community allows in a month is left in peace; a facilitator may still ask them by name.
    """
    earlier = PromptRound.objects.filter(prompt=one.prompt_id, status="open").exclude(pk=one.pk).order_by("-opened_at")
    lately = list(earlier.values_list("pk", "thread")[:REST])
    threads = [thread for _pk, thread in lately if thread]
    first = Responder.objects.filter(person=OuterRef("pk"), status__in=["accepted", "answered"])
    people = (
        may_be_asked_again(candidates(one.prompt.space))
        .exclude(pk__in=one.responders.values("person"))
        .exclude(pk=one.prompt.facilitator_id or 0)
        .exclude(Exists(first.filter(round__in=[pk for pk, _thread in lately])))
        .annotate(
            has_answered=Exists(Post.objects.filter(thread__in=threads, author=OuterRef("pk"), number__gt=1, status="shown")),
            has_been_first=Exists(first.filter(round__prompt=one.prompt_id)),
            is_new=Q(ambassador__joined_at__gte=timezone.now() - NEW_HERE),
        )
        .select_related("ambassador")
        .order_by("-has_answered", "-is_new", "has_been_first", "-date_joined", "pk")
    )
    return [Suggestion(person, _reasons(person)) for person in people[:SHOWN]]


def _reasons(person: Any) -> list[str]:
    said = [
        (person.has_answered, _("answered one of the last rounds")),
        (person.is_new, _("joined not long ago: a good first appearance")),
    ]
    usual = _("is there, and can be asked") if person.has_been_first else _("has not been among the first yet")
    return [words for holds, words in said if holds] or [usual]
