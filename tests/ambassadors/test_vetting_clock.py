"""Reminders to vetters: in the morning of the day where they are, at most twice, then the leads are told."""

from __future__ import annotations

import datetime

import pytest

from ambassadors.models import VettingAssignment
from ambassadors.vetting import workflow
from correspondence.models import OutgoingMail
from tests import make
from tests.ambassadors import admission_making as making

pytestmark = pytest.mark.django_db
UTC = datetime.UTC


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime.datetime:
    return datetime.datetime(2026, month, day, hour, minute, tzinfo=UTC)


def posted() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", "person__name"))


@pytest.fixture
def lead():
    return making.lead()


def late(person, due_on, alice, **fields):
    return making.assignment(making.nomination(alice, status="vetting"), person, due_on=due_on, **fields)


def test_a_vetter_is_reminded_twice_and_then_the_leads_are_told_once(alice, lead):
    late(making.vetter(), datetime.date(2026, 11, 10), alice)

    counts = {day: workflow.remind(at(day, 12)) for day in (9, 10, 11, 13, 14, 16, 17, 18, 25)}

    assert counts == {9: 0, 10: 1, 11: 0, 13: 0, 14: 1, 16: 0, 17: 1, 18: 0, 25: 0}
    assert posted() == [
        ("vetting_reminder", "Vera Vetter"),
        ("vetting_reminder", "Vera Vetter"),
        ("vetting_escalated", "Lea Lead"),
    ]


def test_two_clocks_remind_once(alice, lead):
    late(making.vetter(), datetime.date(2026, 11, 10), alice)

    assert [workflow.remind(at(10, 12)), workflow.remind(at(10, 12))] == [1, 0]


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        # Seven in the morning there; the clocks of New York went back on 1 November 2026, those of Lisbon on 25 October.
        ("America/New_York", at(1, 11, 59), at(1, 12)),
        ("America/New_York", at(31, 10, 59, month=10), at(31, 11, month=10)),
        ("Europe/Lisbon", at(25, 6, 59, month=10), at(25, 7, month=10)),
        ("Europe/Lisbon", at(24, 5, 59, month=10), at(24, 6, month=10)),
        ("Pacific/Auckland", at(9, 17, 59), at(9, 18)),
    ],
)
def test_the_day_begins_in_the_morning_where_the_vetter_is(zone, before, after, alice, lead):
    vera = making.duty(make.ambassador("Vera Vetter", time_zone=zone))
    due = {at(1, 12): (11, 1), at(31, 11, month=10): (10, 31), at(25, 7, month=10): (10, 25), at(24, 6, month=10): (10, 24)}
    late(vera, datetime.date(2026, *due.get(after, (11, 10))), alice)

    assert [workflow.remind(before), workflow.remind(after)] == [0, 1]


def test_who_is_away_is_left_in_peace_and_the_leads_are_told_at_once(alice, lead):
    away = making.duty(make.ambassador("Ada Away", away_until=datetime.date(2026, 12, 1)))
    late(away, datetime.date(2026, 11, 10), alice)

    workflow.remind(at(10, 12))
    workflow.remind(at(14, 12))

    assert posted() == [("vetting_escalated", "Lea Lead")]
    assert OutgoingMail.objects.get().about["why"] == "away"


@pytest.mark.parametrize("status", ["approved", "declined", "withdrawn", "not now"])
def test_nobody_is_reminded_of_a_case_that_is_over(status, alice, lead):
    making.assignment(making.nomination(alice, status=status), making.vetter(), due_on=datetime.date(2026, 11, 1))

    assert workflow.remind(at(10, 12)) == 0


def test_what_is_given_or_taken_back_reminds_nobody(alice, lead):
    case = making.nomination(alice, status="vetting")
    making.assessed(case, making.vetter(), due_on=datetime.date(2026, 11, 1))
    making.assignment(case, making.vetter("Wim Withdrawn"), status="withdrawn", due_on=datetime.date(2026, 11, 1))

    assert workflow.remind(at(10, 12)) == 0
    assert VettingAssignment.objects.filter(reminders=0).count() == 2
