"""The first look as a step of somebody's first weeks."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from welcome.models import LookPair, LookSeat
from welcome.onboarding.registry import Step, steps

if TYPE_CHECKING:
    from ambassadors.models import User


def _sent(people: Collection[int]) -> set[int]:
    """Those whose pair has sent what it found."""
    return set(LookSeat.objects.filter(person__in=people, pair__status="sent").values_list("person", flat=True))


def _have_a_pair(people: Collection[int]) -> set[int]:
    """Those who have a partner in one that is open, and those who are done with one."""
    begun = LookSeat.objects.filter(person__in=people, pair__isnull=False)
    open_or_done = begun.filter(look__status="open") | begun.filter(pair__status="sent")
    return set(open_or_done.values_list("person", flat=True))


def _where(person: User) -> str:
    """The pair's own page, or the list where there is none any more."""
    pair = LookPair.objects.of(person).filter(look__status="open").order_by("-pk").first()
    return pair.get_absolute_url() if pair else reverse("welcome:first-look-list")


steps.add(
    "first-look",
    Step(
        name="first-look",
        title=_("Look around with somebody"),
        sentence=_("Half an hour for two: how this place could help, what you would improve, and what surprised you."),
        url=_where,
        minutes=30,
        done_among=_sent,
        offered_among=_have_a_pair,
        by_mail=_("Your partner and you have a mail with the questions: answer it, and it is done."),
        weight=40,
    ),
)
