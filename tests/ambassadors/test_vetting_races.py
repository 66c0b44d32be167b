"""Two at the same moment, each on a connection of their own: one thing happens, the other is told, nothing happens twice."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ambassadors.models import Decision, Nomination, Recusal, VettingAssignment, VettingDuty
from ambassadors.nominations import workflow as nominations
from ambassadors.vetting import workflow
from ambassadors.vetting.workflow import Assessment
from correspondence.models import OutgoingMail
from foundation.models import HistoryEntry
from foundation.workflow import TransitionRefused
from tests import make
from tests.ambassadors import admission_making as making
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = {"reasons": "So we think.", "told": "Thank you."}
thrice = pytest.mark.parametrize("attempt", range(3))


@pytest.fixture
def leads():
    return [making.lead("Lea Lead"), making.lead("Sol Second")]


@pytest.fixture
def case():
    return making.nomination(make.ambassador("Alice Amadi"), status="vetting")


def fresh(case) -> Nomination:
    return Nomination.objects.get(pk=case.pk)


def refusals(results) -> list[str]:
    return sorted(type(one).__name__ for one in results if isinstance(one, Exception))


@thrice
@pytest.mark.row("R29")
@pytest.mark.parametrize(("first", "second"), [("invite", "decline"), ("invite", "invite"), ("decline", "not now")])
def test_two_who_decide_in_the_same_second_make_one_decision(first, second, attempt, leads, case):
    day = {"not now": timezone.localdate() + datetime.timedelta(days=90)}
    revision = case.revision

    results = at_once(
        *[
            lambda one=one, outcome=outcome: workflow.decide(
                fresh(case), outcome, revisit_on=day.get(outcome), revision=revision, by=one, **WORDS
            )
            for one, outcome in zip(leads, (first, second), strict=True)
        ]
    )

    [made] = [one for one in results if isinstance(one, Decision)]
    assert refusals(results) in (["ValidationError"], ["TransitionRefused"])
    assert Decision.objects.count() == 1
    assert HistoryEntry.objects.filter(verb__startswith="decided").values_list("actor", flat=True).get() == made.by_id
    assert OutgoingMail.objects.filter(kind="nomination_decided").count() == 1


@thrice
def test_two_leads_give_one_case_to_one_vetter_once(attempt, leads, case):
    vera = making.vetter()

    results = at_once(*[lambda one=one: workflow.assign(fresh(case), [vera], by=one) for one in leads])

    assert refusals(results) == ["ValidationError"]
    assert VettingAssignment.objects.count() == 1
    assert OutgoingMail.objects.filter(kind="vetting_assigned").count() == 1


@thrice
def test_an_assessment_is_given_or_the_case_decided_first(attempt, leads, case):
    vera = making.vetter()
    given = making.assignment(case, vera)
    musts = {one.pk: ("clearly", "") for one in case.criteria.criteria.filter(kind="must")}
    said = Assessment("invite", "well", "Yes.", musts)
    revision = case.revision

    results = at_once(
        lambda: workflow.give(VettingAssignment.objects.get(pk=given.pk), said, revision=1, by=vera),
        lambda: workflow.decide(fresh(case), "invite", revision=revision, by=leads[0], **WORDS),
    )

    given.refresh_from_db()
    state = (given.status, fresh(case).status)
    # Given first: the decider has not read it, and is asked to. Decided first: nothing is taken any more.
    assert (state, refusals(results)) in [
        (("assessed", "vetting"), ["ValidationError"]),
        (("withdrawn", "approved"), ["TransitionRefused"]),
    ]


@thrice
def test_a_substitute_comes_or_the_assessment_is_given(attempt, leads, case):
    vera, other = making.vetter(), making.vetter("Olu Other")
    given = making.assignment(case, vera)
    musts = {one.pk: ("clearly", "") for one in case.criteria.criteria.filter(kind="must")}
    said = Assessment("invite", "well", "Yes.", musts)

    results = at_once(
        lambda: workflow.give(VettingAssignment.objects.get(pk=given.pk), said, revision=1, by=vera),
        lambda: workflow.substitute(VettingAssignment.objects.get(pk=given.pk), other, by=leads[0]),
    )

    given.refresh_from_db()
    assert refusals(results) == ["TransitionRefused"]
    assert (given.status, VettingAssignment.objects.filter(vetter=other).count()) in [("assessed", 0), ("withdrawn", 1)]


@thrice
def test_stepping_back_twice_is_stepping_back_once(attempt, leads, case):
    vera = making.vetter()
    making.assignment(case, vera)

    results = at_once(*[lambda: workflow.step_back(fresh(case), by=vera)] * 2)

    assert refusals(results) in ([], ["PermissionDenied"])
    assert Recusal.objects.count() == 1
    assert HistoryEntry.objects.filter(verb="stepped back from the case").count() == 1
    assert OutgoingMail.objects.filter(kind="vetting_escalated").count() == 2  # one to each lead


@thrice
def test_who_steps_back_while_it_is_given_to_them_reads_nothing(attempt, leads, case):
    second = leads[1]

    at_once(
        lambda: workflow.assign(fresh(case), [second], by=leads[0]),
        lambda: workflow.step_back(fresh(case), by=second),
    )

    assert Recusal.objects.filter(person=second).count() == 1
    assert VettingAssignment.objects.counted().count() == 0
    assert list(Nomination.objects.visible_to(second)) == []


@thrice
def test_two_clocks_bring_a_not_now_back_once(attempt, leads):
    making.nomination(make.ambassador("Alice Amadi"), status="not now", revisit_on=timezone.localdate())

    assert sorted(at_once(workflow.come_back, workflow.come_back)) == [0, 1]
    assert HistoryEntry.objects.filter(verb__startswith="its day has come").count() == 1
    assert OutgoingMail.objects.filter(kind="vetting_escalated").count() == 2  # one to each lead


@thrice
def test_two_clocks_remind_once(attempt, leads, case):
    making.assignment(case, making.vetter(), due_on=timezone.localdate() - datetime.timedelta(days=1))
    noon = timezone.now().replace(hour=12)

    assert sorted(at_once(lambda: workflow.remind(noon), lambda: workflow.remind(noon))) == [0, 1]
    assert OutgoingMail.objects.filter(kind="vetting_reminder").count() == 1


@thrice
@pytest.mark.row("R29")
def test_two_leads_who_release_each_other_leave_one(attempt, leads):
    results = at_once(
        lambda: workflow.release_from_duty(VettingDuty.objects.get(person=leads[0]), by=leads[1]),
        lambda: workflow.release_from_duty(VettingDuty.objects.get(person=leads[1]), by=leads[0]),
    )

    [refused] = [one for one in results if isinstance(one, Exception)]
    assert isinstance(refused, ValidationError | PermissionDenied)
    assert VettingDuty.objects.leads().count() == 1


@thrice
def test_a_nomination_is_withdrawn_or_decided(attempt, leads, case):
    revision = case.revision

    results = at_once(
        lambda: nominations.withdraw(fresh(case), by=case.nominator),
        lambda: workflow.decide(fresh(case), "decline", revision=revision, by=leads[0], **WORDS),
    )

    refused = [one for one in results if isinstance(one, Exception)]
    assert [type(one) for one in refused] == [TransitionRefused]
    assert fresh(case).status in {"withdrawn", "declined"}
