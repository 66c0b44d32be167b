"""A slate closes while answers arrive, two clocks and a lead come at once: each answer counts or is late, none is lost, nothing happens twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ambassadors.models import Nomination, Slate, SlateAnswer
from ambassadors.nominations import workflow as nominations
from ambassadors.slates import answers, telling, workflow
from ambassadors.slates.answers import Said
from correspondence.models import OutgoingMail
from foundation.models import HistoryEntry
from foundation.workflow import TransitionRefused
from tests import make
from tests.ambassadors import admission_making as making
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.row("R29")]
YES = Said("support")


@pytest.fixture
def lead():
    return making.lead()


@pytest.fixture
def slate(lead):
    noor = make.ambassador("Noor Nominator")
    made = workflow.begin("Autumn slate", by=lead)
    workflow.add(made, [making.nomination(noor, name, status="vetting") for name in ("Ana One", "Ben Two")], by=lead)
    return made


def opened(slate, lead):
    workflow.open_slate(slate, version=workflow.version_of(slate), by=lead)
    return slate


def moves(verb: str) -> int:
    return HistoryEntry.objects.filter(target_type__model="slate", verb__startswith=verb).count()


@pytest.mark.parametrize("attempt", range(2))
def test_each_answer_that_arrives_while_it_closes_counts_or_is_late(slate, lead, attempt):
    opened(slate, lead)
    people = [make.ambassador(f"Person {number}") for number in range(6)]

    def answering(person):
        return lambda: answers.give(slate, {1: YES, 2: YES}, by=person)

    jobs = [answering(person) for person in people]
    noted = at_once(*jobs[:3], lambda: workflow.close(slate, by=lead), *jobs[3:])
    del noted[3]

    slate.refresh_from_db()
    late = sum(one.is_late for one in noted)
    assert [one.kept for one in noted] == [[1, 2]] * 6
    assert SlateAnswer.objects.filter(is_late=False, at__lte=slate.closed_at).count() == (6 - late) * 2
    assert (SlateAnswer.objects.count(), SlateAnswer.objects.filter(is_late=True).count()) == (12, late * 2)


@pytest.mark.parametrize("attempt", range(2))
def test_two_clocks_and_a_lead_close_it_once(slate, lead, attempt):
    opened(slate, lead)
    long_ago = timezone.now() - timedelta(days=9)
    Slate.objects.update(opened_at=long_ago, closes_at=timezone.now() - timedelta(seconds=1))

    came = at_once(workflow.close_due, lambda: workflow.close(slate, by=lead), workflow.close_due)

    by_lead = int(came[1] is None)
    assert by_lead or isinstance(came[1], TransitionRefused)
    assert (came[0] + came[2] + by_lead, moves("closed a slate")) == (1, 1)


@pytest.mark.parametrize("attempt", range(2))
def test_kept_open_longer_or_closed_by_the_clock_but_not_both(slate, lead, attempt):
    opened(slate, lead)
    Slate.objects.update(opened_at=timezone.now() - timedelta(days=9), closes_at=timezone.now() + timedelta(seconds=0.1))

    came = at_once(
        lambda: workflow.extend(slate, timezone.localdate() + timedelta(days=5), by=lead),
        lambda: [workflow.close_due() for _turn in range(20)],
    )

    slate.refresh_from_db()
    if came[0] is None:
        assert (slate.status, sum(came[1])) == ("open", 0)
    else:
        assert isinstance(came[0], TransitionRefused)


@pytest.mark.parametrize("attempt", range(2))
def test_two_leads_open_it_once_and_each_hears_of_it_once(slate, lead, attempt):
    second = making.lead("Leo Second")
    people = [make.ambassador(f"Person {number}") for number in range(5)]
    version = workflow.version_of(slate)

    came = at_once(
        *[lambda one=one: workflow.open_slate(slate, version=version, by=one) for one in (lead, second)],
        lambda: telling.tell(slate.pk),
    )
    at_once(telling.tell_due, lambda: telling.tell(slate.pk), telling.tell_due)

    assert sorted(type(one).__name__ for one in came[:2]) == ["NoneType", "TransitionRefused"]
    assert moves("opened a slate") == 1
    told = OutgoingMail.objects.filter(kind="slate_opened").values_list("person__name", flat=True)
    assert sorted(told) == sorted(["Noor Nominator", *[person.name for person in people]])


@pytest.mark.parametrize("attempt", range(2))
def test_withdrawn_while_it_opens_is_not_on_it(slate, lead, attempt):
    ana = Nomination.objects.get(name="Ana One")
    version = workflow.version_of(slate)

    came = at_once(
        lambda: workflow.open_slate(slate, version=version, by=lead), lambda: nominations.withdraw(ana, by=ana.nominator)
    )

    slate.refresh_from_db()
    ana.refresh_from_db()
    assert (ana.status, came[1]) == ("withdrawn", None)
    shown = list(slate.entries.on_it().filter(nomination__status="slate").values_list("nomination__name", flat=True))
    assert (slate.status, shown) in [("open", ["Ben Two"]), ("draft", [])]


@pytest.mark.parametrize("attempt", range(2))
def test_one_person_answering_twice_at_once_has_one_answer(slate, lead, attempt):
    opened(slate, lead)
    alice = make.ambassador("Alice Amadi")

    came = at_once(*[lambda said=said: answers.give(slate, {1: said}, by=alice) for said in (YES, Said("no view"), YES)])

    assert [one.kept for one in came] == [[1]] * 3
    assert SlateAnswer.objects.count() == 1


@pytest.mark.parametrize("attempt", range(2))
def test_two_clocks_remind_once(slate, lead, attempt):
    opened(slate, lead)
    Slate.objects.update(opened_at=timezone.now() - timedelta(days=8), closes_at=timezone.now() + timedelta(days=1))

    came = at_once(telling.remind_due, telling.remind_due, telling.remind_due)

    assert (sum(came), OutgoingMail.objects.filter(kind="slate_reminder").count()) == (1, 1)
