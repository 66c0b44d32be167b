"""Introductions as their pages show them: to each of the two their own side, to the host what both said, when both said yes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.utils import timezone

from ambassadors.models import Ambassador
from ambassadors.privacy import PersonRow, cards_for
from welcome.models import Introduction, IntroductionSide

if TYPE_CHECKING:
    from ambassadors.models import User
    from ambassadors.privacy import ProfileCard
    from discussions.models import Thread

MOST = 20
S = Introduction.Status


@dataclass(frozen=True)
class Asked:
    """What one is asked. `card` is the other one as one may see them, None where they cannot be seen any more."""

    pk: int
    host: str
    reason: str
    until: datetime
    answer: str
    card: ProfileCard


@dataclass(frozen=True)
class Past:
    """One that is made or over: with whom, and where the conversation is."""

    name: str
    host: str
    at: datetime
    thread: str = ""


@dataclass(frozen=True)
class Hosted:
    """One that one proposed. Silence, a no and somebody who is not asked are all “asked” until its day has come."""

    names: tuple[str, ...]
    reason: str
    at: datetime
    until: datetime
    state: str


def asked_of(reader: User) -> list[Asked]:
    """What the reader can answer, or answered and can still answer otherwise; soonest over first."""
    own = IntroductionSide.objects.visible_to(reader).open(timezone.now()).with_other()
    sides = list(own.order_by("introduction__lapses_at", "pk")[:MOST])
    cards = _cards(reader, [side.other for side in sides if side.other])
    return [
        Asked(side.pk, host.shown_name, asked.reason, asked.lapses_at, side.answer, card)
        for side in sides
        if (card := cards.get(side.other or 0)) and (asked := side.introduction) and (host := asked.host)
    ]


def _cards(reader: User, people: Collection[int]) -> dict[int, ProfileCard]:
    found = Ambassador.objects.visible_to(reader).filter(user__in=people)
    rows = [PersonRow.of(row) for row in found.as_rows()]
    return {row.user_id: card for row, card in zip(rows, cards_for(reader, rows), strict=True)}


def made_for(reader: User) -> list[Past]:
    """Those that were made: the conversations are the reader's own."""
    own = IntroductionSide.objects.visible_to(reader).filter(introduction__status=S.MADE).with_other()
    sides = list(own.select_related("introduction__thread", "introduction__host").newest_first()[:MOST])
    people = get_user_model().objects.in_bulk([side.other for side in sides if side.other])
    return [_past(side, people) for side in sides]


def thread_of(side: IntroductionSide) -> Thread | None:
    """The conversation of one that has just been made."""
    return Introduction.objects.select_related("thread").get(pk=side.introduction_id).thread


def _past(side: IntroductionSide, people: dict[int, User]) -> Past:
    made, other = side.introduction, people.get(side.other or 0)
    assert made.ended_at is not None  # noqa: S101  a constraint says so
    url = made.thread.get_absolute_url() if made.thread else ""
    return Past(other.shown_name if other else "", made.host.shown_name if made.host else "", made.ended_at, url)


def hosted_by(reader: User) -> list[Hosted]:
    """Those that the reader proposed, the newest first. One whose day has come is over, whether or not the clock was here."""
    rows = Introduction.objects.visible_to(reader).order_by("-asked_at", "-pk").prefetch_related("sides__person")[:MOST]
    return [_hosted(row, timezone.now()) for row in rows]


def _hosted(row: Introduction, now: datetime) -> Hosted:
    names = tuple(side.person.shown_name if side.person else "" for side in row.sides.all())
    state = S.LAPSED if row.status == S.ASKED and row.lapses_at <= now else row.status
    return Hosted(names, row.reason, row.asked_at, row.lapses_at, str(state))
