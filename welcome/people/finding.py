"""From rows to what `suggest` weighs, and from its suggestions to what the reader sees: through what people let members see, alone.

Not everybody is looked at each day, but a stretch of the roster, from a place that the day draws: so a large community costs as much
as a small one, and who comes back tomorrow meets others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, Max, OuterRef, Q, Value, When
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from ambassadors.privacy import PersonRow, cards_for
from discussions.models import Block, Participant, Thread
from foundation.audiences import Audience
from foundation.models import RoleLabel, Topic
from welcome.models import PersonSetAside
from welcome.people.scoring import OpenQuestion, Person, Reason, draw_of, suggest

if TYPE_CHECKING:
    from datetime import datetime

    from ambassadors.models import User
    from ambassadors.privacy import ProfileCard
    from ambassadors.querysets import AmbassadorQuerySet

STRETCH = 300
QUESTIONS = 5
ASKED_WITHIN = timedelta(days=60)
SHOWN = [Audience.PUBLIC, Audience.MEMBERS]
COLUMNS = ("pk", "shown_topics", "shown_roles", "shown_place", "shown_ask", "joined_at")


@dataclass(frozen=True)
class ToMeet:
    """Somebody as the reader may see them, with the reasons as sentences and where a question among them stands."""

    card: ProfileCard
    reasons: tuple[tuple[str, str], ...]


def people_to_meet(reader: User, now: datetime | None = None) -> list[ToMeet]:
    """Return at most five people whom the reader may want to meet today."""
    own = getattr(reader, "ambassador", None)
    if own is None:
        return []
    now = now or timezone.now()
    today = timezone.localdate(now)
    people = map(_person, _stretch(reader, now, today))
    suggestions = suggest(_oneself(own), people, _questions_of(reader, now), today)
    rows = Ambassador.objects.visible_to(reader).filter(pk__in=[one.key for one in suggestions]).as_rows()
    cards = {card.pk: card for card in cards_for(reader, [PersonRow.of(row) for row in rows])}
    return [
        ToMeet(cards[one.key], tuple((sentence(reason), reason.url) for reason in one.reasons))
        for one in suggestions
        if one.key in cards
    ]


def set_aside_by(reader: User) -> list[ProfileCard]:
    """Return those whom the reader does not want suggested, as they may see them today."""
    others = PersonSetAside.objects.visible_to(reader).values("other")
    rows = Ambassador.objects.visible_to(reader).filter(user__in=others).by_name().as_rows()
    return list(cards_for(reader, [PersonRow.of(row) for row in rows[:STRETCH]]))


def can_be_suggested(reader: User, now: datetime) -> AmbassadorQuerySet:
    """Those who are here and can be found, with whom the reader does not talk in private yet, and whom nobody has set aside."""
    away = Block.objects.filter(Q(person=reader, blocked=OuterRef("user")) | Q(blocked=reader, person=OuterRef("user")))
    seat = Participant.objects.filter(thread=OuterRef("thread"), person=reader)
    talks = Participant.objects.filter(Exists(seat), person=OuterRef("user"), thread__kind=Thread.Kind.PRIVATE)
    aside = PersonSetAside.objects.filter(person=reader, other=OuterRef("user"))
    here = Ambassador.objects.available_on(now).filter(listed_for__in=SHOWN, user__is_active=True).exclude(user=reader)
    found: AmbassadorQuerySet = here.filter(~Exists(away), ~Exists(talks), ~Exists(aside))
    return found


def sentence(reason: Reason) -> str:
    """What the reader is told of a reason."""
    of = ", ".join(reason.of)
    return {
        "question": _("They know about what you ask in “%(of)s”."),
        "topics": _("You share a topic: %(of)s.") if len(reason.of) == 1 else _("You share topics: %(of)s."),
        "seat": _("They look at it from another seat: %(of)s."),
        "place": _("You are both in %(of)s."),
        "together": _("You joined at about the same time."),
    }[reason.name] % {"of": of}


def _stretch(reader: User, now: datetime, today: date) -> list[Any]:
    last = Ambassador.objects.aggregate(last=Max("pk"))["last"] or 1
    start = draw_of(f"{reader.pk}:{today.isoformat()}") % last
    rows = _columns(can_be_suggested(reader, now)).order_by("pk")
    return [*rows.filter(pk__gt=start)[:STRETCH], *rows.filter(pk__lte=start)[:STRETCH]][:STRETCH]


def _columns(people: AmbassadorQuerySet) -> Any:
    """What members may know of them: a field for a narrower audience reads as empty."""
    here = {"ambassadors": OuterRef("pk")}
    topics = Topic.objects.filter(**here, ambassadors__topics_audience__in=SHOWN).values("name")
    roles = RoleLabel.objects.filter(**here, ambassadors__role_labels_audience__in=SHOWN).values("name")
    where = Case(When(place__country="", then=F("place__name")), default=Concat("place__name", Value(", "), "place__country"))
    return people.annotate(
        shown_topics=ArraySubquery(topics),
        shown_roles=ArraySubquery(roles),
        shown_place=Case(When(place_audience__in=SHOWN, place__isnull=False, then=where), default=Value("")),
        shown_ask=Case(When(ask_me_about_audience__in=SHOWN, then=F("ask_me_about")), default=Value("")),
    ).values_list(*COLUMNS)


def _person(row: Any) -> Person:
    key, topics, roles, place, ask, joined = row
    return Person(key, frozenset(topics), frozenset(roles), place, ask, joined.date() if joined else None)


def _oneself(own: Ambassador) -> Person:
    topics = frozenset(topic.name for topic in own.topics.all())
    roles = frozenset(label.name for label in own.role_labels.all())
    place = str(own.place or "")
    return Person(own.pk, topics, roles, place, joined_on=own.joined_at.date() if own.joined_at else None)


def _questions_of(reader: User, now: datetime) -> list[OpenQuestion]:
    asked = Thread.objects.visible_to(reader).filter(kind=Thread.Kind.QUESTION, started_by=reader, status=Thread.Status.OPEN)
    waiting = (
        asked.filter(helped=None, started_at__gte=now - ASKED_WITHIN).select_related("need__topic").order_by("-started_at", "-pk")
    )
    return [OpenQuestion(one.subject, one.get_absolute_url(), _topic_of(one)) for one in waiting[:QUESTIONS]]


def _topic_of(thread: Thread) -> str:
    need = getattr(thread, "need", None)
    return need.topic.name if need else ""
