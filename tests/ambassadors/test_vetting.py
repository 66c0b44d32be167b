"""Cases in the hands of vetters: given, replaced, assessed, stepped back from; and who is of GrowCom."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ambassadors.models import Concern, Nomination, Recusal, VettingAssignment, VettingDuty
from ambassadors.nominations import workflow as nominations
from ambassadors.vetting import workflow
from ambassadors.vetting.suggesting import candidates, proposals
from ambassadors.vetting.workflow import Assessment
from correspondence.models import OutgoingMail
from foundation.models import HistoryEntry
from foundation.workflow import TransitionRefused
from tests import make
from tests.ambassadors import admission_making as making

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return making.lead()


@pytest.fixture
def case(alice):
    return making.nomination(alice)


@pytest.fixture
def vera():
    return making.vetter()


def full(case, view="invite", comment="She listens.") -> Assessment:
    """An assessment that lacks nothing."""
    musts = case.criteria.criteria.filter(kind="must")
    return Assessment(view, "slightly", comment, {one.pk: ("clearly", "") for one in musts})


def mails(kind: str) -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind=kind).values_list("person__name", flat=True))


def verbs(target) -> list[tuple[str, str]]:
    rows = HistoryEntry.objects.filter(target_type__model=target._meta.model_name, target_id=str(target.pk))
    return list(rows.order_by("pk").values_list("verb", "actor_name"))


# Assigning


def test_the_first_assignment_takes_the_case_into_vetting(case, lead, vera):
    [given] = workflow.assign(case, [vera], by=lead)

    assert (case.status, given.vetter, given.due_on) == ("vetting", vera, timezone.localdate() + datetime.timedelta(days=14))
    assert verbs(case) == [("took it into vetting", "Lea Lead")]
    assert verbs(given) == [("gave the case to a vetter", "Lea Lead")]
    assert mails("vetting_assigned") == ["Vera Vetter"]


def test_those_with_few_cases_come_first_and_who_is_away_is_said_to_be(case, lead, vera, alice, bob):
    busy = making.vetter("Ben Busy")
    for number in range(2):
        making.assignment(making.nomination(bob, f"Other {number}"), busy)
    away = making.duty(make.ambassador("Ada Away", away_until=timezone.localdate() + datetime.timedelta(days=9)))
    making.duty(alice)  # who nominated
    making.assignment(case, making.vetter("Hanna Has It"))
    gone = making.vetter("Stepped Back")
    Recusal.objects.create(nomination=case, person=gone)
    making.duty(make.ambassador("Former Fred", status="alumni"))

    found = candidates(case)

    assert [one.person.name for one in found] == ["Lea Lead", "Vera Vetter", "Ben Busy", "Ada Away"]
    assert [one.is_here for one in found] == [True, True, True, False]
    assert found[2].reason == "2 open cases"
    assert found[3].reason == f"away until {away.ambassador.away_until:%-d %B}, 0 open cases"


def test_suggesting_costs_the_same_with_more_vetters(case, lead, django_assert_num_queries):
    making.vetter()
    with django_assert_num_queries(4):
        candidates(case)
    for number in range(3):
        making.vetter(f"Vetter {number}")
    with django_assert_num_queries(4):
        candidates(case)


def test_proposals_spread_the_load(lead, alice):
    VettingDuty.objects.filter(person=lead).update(is_vetter=False)
    people = [making.vetter(name) for name in ("Ann", "Ben", "Cat", "Dan")]
    cases = [making.nomination(alice, f"Nominee {number}") for number in range(2)]

    proposed = [sorted(chosen) for _case, _able, chosen in proposals(cases)]

    assert proposed == [[people[0].pk, people[1].pk], [people[2].pk, people[3].pk]]


@pytest.mark.parametrize("who", ["nominator", "no duty", "alumna", "has it"])
def test_somebody_who_must_not_have_it_is_refused(who, case, lead, alice, bob, alumna, vera):
    people = {"nominator": making.duty(alice), "no duty": bob, "alumna": making.duty(alumna), "has it": vera}
    making.assignment(case, vera)

    with pytest.raises(ValidationError, match="cannot be given this case"):
        workflow.assign(case, [people[who]], by=lead)

    assert VettingAssignment.objects.count() == 1


def test_an_away_vetter_gets_it_only_when_that_is_meant(case, lead):
    away = making.duty(make.ambassador("Ada Away", away_until=timezone.localdate() + datetime.timedelta(days=9)))

    with pytest.raises(ValidationError, match="away until"):
        workflow.assign(case, [away], by=lead)
    assert len(workflow.assign(case, [away], by=lead, even_away=True)) == 1


def test_only_leads_of_the_case_assign(case, vera, staff, alice):
    nominating_lead = making.duty(alice, is_lead=True)
    alice.is_staff = True
    alice.save()

    for person in (vera, staff, nominating_lead):
        with pytest.raises(PermissionDenied):
            workflow.assign(case, [vera], by=person)


@pytest.mark.parametrize("status", ["slate", "approved", "declined", "withdrawn", "not now"])
def test_a_case_elsewhere_is_given_to_nobody(status, alice, lead, vera):
    with pytest.raises(TransitionRefused):
        workflow.assign(making.nomination(alice, status=status), [vera], by=lead)


def test_a_substitute_takes_over_and_both_are_told(case, lead, vera):
    [given] = workflow.assign(case, [vera], by=lead)
    other = making.vetter("Olu Other")

    new = workflow.substitute(given, other, by=lead)

    given.refresh_from_db()
    assert (given.status, new.status, new.substitute_for) == ("withdrawn", "assigned", given)
    assert mails("vetting_taken_back") == ["Vera Vetter"]
    assert mails("vetting_assigned") == ["Olu Other", "Vera Vetter"]
    assert list(Nomination.objects.visible_to(vera)) == []
    assert list(Nomination.objects.visible_to(other)) == [case]


def test_what_was_given_is_not_replaced(case, lead, vera):
    given = making.assessed(case, vera)

    with pytest.raises(TransitionRefused):
        workflow.substitute(given, making.vetter("Olu Other"), by=lead)
    assert VettingAssignment.objects.count() == 1


# Assessing


def test_a_draft_is_kept_and_nobody_else_reads_it(case, lead, vera):
    [given] = workflow.assign(case, [vera], by=lead)

    workflow.save_draft(given, Assessment(comment="Half a thou"), revision=given.revision, by=vera)

    assert (given.status, given.comment, given.revision) == ("assigned", "Half a thou", 2)


def test_an_assessment_lacks_nothing_when_it_is_given(case, lead, vera):
    case.criteria.questions.update(is_required=True)
    [given] = workflow.assign(case, [vera], by=lead)

    with pytest.raises(ValidationError) as refused:
        workflow.give(given, Assessment(), revision=given.revision, by=vera)

    assert refused.value.messages == [
        "What you would do.",
        "How well you know them.",
        "What you see of “Changes minds”.",
        "What you see of “Asks for results”.",
        "An answer to “What would they bring?”.",
    ]
    given.refresh_from_db()
    assert given.status == "assigned"


def test_a_given_assessment_is_kept_with_its_marks(case, lead, vera):
    [given] = workflow.assign(case, [vera], by=lead)
    must = case.criteria.criteria.filter(kind="must").first()
    question = case.criteria.questions.get()
    said = full(case)
    said.marks[must.pk] = ("partly", "Once, in a workshop.")
    said = Assessment(said.view, said.acquaintance, said.comment, said.marks, {question.pk: "A harbour."})

    workflow.give(given, said, revision=given.revision, by=vera)

    assert (given.status, given.view, given.acquaintance, given.comment) == ("assessed", "invite", "slightly", "She listens.")
    assert list(given.marks.order_by("criterion__position").values_list("mark", "comment")) == [
        ("partly", "Once, in a workshop."),
        ("clearly", ""),
    ]
    assert given.answers.get().text == "A harbour."
    assert verbs(given)[-1] == ("gave the assessment", "Vera Vetter")


def test_a_second_window_is_told_and_overwrites_nothing(case, lead, vera):
    [given] = workflow.assign(case, [vera], by=lead)
    workflow.save_draft(given, Assessment(comment="First window"), revision=1, by=vera)

    with pytest.raises(ValidationError, match="another window"):
        workflow.give(given, full(case, comment="Second window"), revision=1, by=vera)

    given.refresh_from_db()
    assert (given.status, given.comment) == ("assigned", "First window")


def test_nobody_assesses_for_another_nor_after_the_end(case, lead, vera):
    [given] = workflow.assign(case, [vera], by=lead)
    with pytest.raises(PermissionDenied):
        workflow.give(given, full(case), revision=1, by=lead)
    VettingDuty.objects.filter(person=vera).delete()
    with pytest.raises(PermissionDenied):
        workflow.give(given, full(case), revision=1, by=vera)
    making.duty(vera)
    nominations.withdraw(case, by=case.nominator)
    with pytest.raises(TransitionRefused):
        workflow.give(given, full(case), revision=1, by=vera)


def test_what_is_added_later_stands_beside_what_was_given_first(case, lead, vera):
    given = making.assessed(case, vera, comment="Solid.")
    Nomination.objects.filter(pk=case.pk).update(status="vetting")

    workflow.amend(given, "I had not seen the survey.", "unsure", revision=given.revision, by=vera)

    assert (given.view, given.comment) == ("invite", "Solid.")
    assert (given.amended_view, given.amendment, given.amended_at is not None) == ("unsure", "I had not seen the survey.", True)
    assert verbs(given) == [("added to the assessment", "Vera Vetter")]


# Stepping back


def test_who_steps_back_reads_nothing_any_more_and_the_leads_hear_it(case, lead, vera):
    [given] = workflow.assign(case, [vera], by=lead)
    workflow.save_draft(given, Assessment(view="decline", comment="We were partners."), revision=1, by=vera)
    assert list(Nomination.objects.visible_to(vera)) == [case]

    workflow.step_back(case, by=vera)

    given.refresh_from_db()
    assert (given.status, given.comment, given.view) == ("recused", "", "")
    assert list(Nomination.objects.visible_to(vera)) == []
    assert list(VettingAssignment.objects.visible_to(vera)) == []
    assert mails("vetting_escalated") == ["Lea Lead"]
    assert verbs(case)[-1] == ("stepped back from the case", "Vera Vetter")


def test_a_lead_and_a_decider_who_step_back_lose_the_case_too(case, lead):
    second = making.lead("Sol Second")
    Concern.objects.create(nomination=case, text="Something.")

    workflow.step_back(case, by=second)

    for rows in (Nomination.objects.visible_to(second), Nomination.objects.led_by(second), Concern.objects.visible_to(second)):
        assert list(rows) == []
    assert mails("vetting_escalated") == ["Lea Lead"]
    with pytest.raises(PermissionDenied):
        workflow.take_up(case, by=second)
    with pytest.raises(PermissionDenied):
        workflow.decide(case, "decline", reasons="x", told="y", revision=case.revision, by=second)


def test_somebody_without_a_part_has_nothing_to_step_back_from(case, staff, alice):
    for person in (staff, alice):
        with pytest.raises(PermissionDenied):
            workflow.step_back(case, by=person)
    assert Recusal.objects.count() == 0


def test_who_nominated_by_a_joined_nomination_does_not_vet(case, lead, bob):
    making.nomination(making.duty(bob), status="joined to another", joined_to=case, criteria=case.criteria)
    making.assignment(case, bob)

    assert case not in Nomination.objects.cases_of(bob)
    assert "Bob Brandt" not in [one.person.name for one in candidates(case)]


# Ends


def test_a_withdrawn_nomination_ends_what_is_open_and_keeps_what_was_given(case, lead, vera):
    given = making.assessed(case, making.vetter("Gave It"))
    [waiting] = workflow.assign(case, [vera], by=lead)

    nominations.withdraw(case, by=case.nominator)

    waiting.refresh_from_db()
    given.refresh_from_db()
    assert (waiting.status, given.status) == ("withdrawn", "assessed")
    assert mails("vetting_taken_back") == ["Vera Vetter"]


# Concerns


def test_a_concern_is_for_the_leads_and_is_settled_with_an_outcome(case, lead, vera, staff):
    decider = making.duty(make.person("Dee Decides", is_staff=True), decides=True)
    making.assignment(case, vera)
    concern = workflow.raise_concern(case, " They owe us money. ", by=vera)

    assert concern.text == "They owe us money."
    assert [list(Concern.objects.visible_to(one)) for one in (lead, vera, decider, staff)] == [[concern], [concern], [], []]
    assert mails("vetting_escalated") == ["Lea Lead"]
    with pytest.raises(PermissionDenied):
        workflow.settle(concern, "Paid.", by=decider)
    with pytest.raises(ValidationError):
        workflow.settle(concern, "  ", by=lead)
    workflow.settle(concern, "Paid last year.", by=lead)
    assert (concern.status, concern.outcome) == ("settled", "Paid last year.")


# Duties


def test_leads_give_duties_and_the_last_lead_stays(lead, bob, staff):
    duty = workflow.give_duty(bob, is_vetter=True, is_lead=False, decides=False, by=lead)
    assert verbs(duty) == [("gave a duty in GrowCom", "Lea Lead")]

    with pytest.raises(PermissionDenied):
        workflow.give_duty(staff, is_vetter=True, is_lead=True, decides=True, by=staff)
    with pytest.raises(ValidationError, match="support team"):
        workflow.give_duty(bob, is_vetter=True, is_lead=True, decides=False, by=lead)
    with pytest.raises(ValidationError, match="last vetting lead"):
        workflow.give_duty(lead, is_vetter=True, is_lead=False, decides=True, by=lead)
    with pytest.raises(ValidationError, match="last vetting lead"):
        workflow.release_from_duty(lead.vetting_duty, by=lead)


def test_who_leaves_growcom_loses_the_cases(case, lead, vera):
    [given] = workflow.assign(case, [vera], by=lead)

    workflow.release_from_duty(vera.vetting_duty, by=lead)

    given.refresh_from_db()
    assert given.status == "withdrawn"
    assert list(Nomination.objects.visible_to(vera)) == []
    assert HistoryEntry.objects.about(vera).values_list("verb", flat=True).first() == "released from GrowCom"


# Who sees whose


def test_the_rows_of_others_are_closed_until_ones_own_is_given(case, lead, vera):
    theirs = making.assessed(case, making.vetter("Olu Other"))
    own = making.assignment(case, vera)
    assert list(VettingAssignment.objects.visible_to(vera)) == [own]

    workflow.give(own, full(case), revision=1, by=vera)

    assert set(VettingAssignment.objects.visible_to(vera)) == {own, theirs}
    assert set(VettingAssignment.objects.visible_to(lead)) == {own, theirs}
