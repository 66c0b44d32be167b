"""Deciding: with reasons for the file, and apart from them the words for whoever nominated."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ambassadors.models import Decision, Nomination
from ambassadors.vetting import workflow
from correspondence.models import OutgoingMail
from foundation.models import HistoryEntry
from foundation.workflow import TransitionRefused
from tests.ambassadors import admission_making as making

pytestmark = pytest.mark.django_db
IN_SPRING = timezone.localdate() + datetime.timedelta(days=150)
WORDS = {"reasons": "Two of three could not tell.", "told": "We would like to know more of their work."}


@pytest.fixture
def lead():
    return making.lead()


@pytest.fixture
def case(alice):
    return making.nomination(alice, status="vetting")


def decide(case, outcome, by, **words):
    return workflow.decide(case, outcome, revision=case.revision, by=by, **{**WORDS, **words})


@pytest.mark.parametrize(
    ("outcome", "state", "day"), [("invite", "approved", None), ("not now", "not now", IN_SPRING), ("decline", "declined", None)]
)
def test_a_decision_is_kept_with_its_reasons_and_the_nominator_is_told(outcome, state, day, case, lead, alice):
    heard = []

    def hear(**told):
        heard.append((told["nomination"], told["decision"].outcome, told["by"]))

    workflow.decided.connect(hear)
    waiting = making.assignment(case, making.vetter())

    made = decide(case, outcome, lead, revisit_on=day)

    waiting.refresh_from_db()
    workflow.decided.disconnect(hear)
    assert (case.status, case.revisit_on, case.decided_at is not None) == (state, day, True)
    assert (made.reasons, made.told, made.by) == (WORDS["reasons"], WORDS["told"], lead)
    assert waiting.status == "withdrawn"
    assert heard == [(case, outcome, lead)]
    assert list(OutgoingMail.objects.filter(kind="nomination_decided").values_list("person", flat=True)) == [alice.pk]


@pytest.mark.parametrize(
    ("outcome", "words", "field"),
    [
        ("invite", {"reasons": "  "}, "reasons"),
        ("decline", {"told": ""}, "told"),
        ("not now", {"revisit_on": None}, "revisit_on"),
        ("not now", {"revisit_on": timezone.localdate()}, "revisit_on"),
        ("decline", {"revisit_on": IN_SPRING}, "revisit_on"),
    ],
)
def test_what_a_decision_lacks_is_said_beside_its_field(outcome, words, field, case, lead):
    with pytest.raises(ValidationError) as refused:
        decide(case, outcome, lead, **words)

    assert list(refused.value.message_dict) == [field]
    assert Decision.objects.count() == 0


def test_a_newer_case_than_the_one_that_was_read_is_refused(case, lead):
    read = case.revision
    workflow.assign(case, [making.vetter()], by=lead)

    with pytest.raises(ValidationError, match="has changed since"):
        workflow.decide(case, "invite", revision=read, by=lead, **WORDS)

    case.refresh_from_db()
    assert case.status == "vetting"


def test_only_those_who_are_named_decide(case, staff, alice):
    only_leads = making.duty(staff, is_lead=True)

    for person in (only_leads, making.vetter(), alice):
        with pytest.raises(PermissionDenied):
            decide(case, "invite", person)


@pytest.mark.parametrize("status", ["prospect", "draft", "declined", "withdrawn"])
def test_a_case_that_is_not_under_way_is_not_decided(status, alice, lead):
    with pytest.raises((TransitionRefused, PermissionDenied)):
        decide(making.nomination(alice, status=status), "decline", lead)


def test_whoever_nominated_the_same_person_is_told_too(case, lead, bob):
    making.nomination(bob, status="joined to another", joined_to=case, criteria=case.criteria)

    decide(case, "decline", lead)

    told = OutgoingMail.objects.filter(kind="nomination_decided").values_list("person__name", flat=True)
    assert sorted(told) == ["Alice Amadi", "Bob Brandt"]


def test_a_lead_looks_again_before_the_day(alice, lead):
    case = making.nomination(alice, status="not now")

    workflow.look_again(case, by=lead)

    assert (case.status, case.revisit_on, case.decided_at) == ("vetting", None, None)
    verbs = HistoryEntry.objects.filter(target_id=str(case.pk), target_type__model="nomination").values_list("verb", flat=True)
    assert list(verbs) == ["looks at it again"]


def test_a_not_now_comes_back_by_itself_on_its_day_and_once(alice, lead):
    today = timezone.localdate()
    due = making.nomination(alice, "Due Today", status="not now", revisit_on=today)
    making.nomination(alice, "Due Tomorrow", status="not now", revisit_on=today + datetime.timedelta(days=1))

    assert [workflow.come_back(), workflow.come_back()] == [1, 0]

    assert sorted(Nomination.objects.values_list("name", "status")) == [("Due Today", "vetting"), ("Due Tomorrow", "not now")]
    lines = HistoryEntry.objects.filter(target_id=str(due.pk), target_type__model="nomination")
    assert list(lines.values_list("verb", "via", "actor")) == [("its day has come: to be looked at again", "clock", None)]
    assert OutgoingMail.objects.filter(kind="vetting_escalated", person=lead).count() == 1
