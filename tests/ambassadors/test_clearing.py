"""Forgetting a case: after it, no word of it is anywhere in the database, and the numbers by year stay."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ambassadors.models import AdmissionRules, Concern, Decision, Nomination, NominationMatch, Recusal, SlateAnswer
from ambassadors.nominations import clearing, moves, workflow
from ambassadors.nominations.querysets import months_ago
from ambassadors.tasks import forget_cases
from correspondence.models import OutgoingMail
from foundation import tokens
from foundation.models import HistoryEntry, RoleLabel
from foundation.workflow import apply, record
from tests import make
from tests.ambassadors import admission_making as making
from tests.ambassadors.test_erasure import places_of
from tests.races import at_once

CANARY = "zzcanary"
LONG_AGO = timezone.now() - timedelta(days=400)


def word(name: str) -> str:
    return f"{CANARY} {name}"


def a_case_full_of_words(alice, status="declined"):
    """Words in every field, by everybody who has one to say."""
    lead = making.lead()
    fields = {
        name: word(name) for name in ("organization", "job_title", "place", "reason", "relation", "conflict_text", "slate_text")
    }
    case = making.nomination(alice, word("name"), status="vetting", email=f"{CANARY}@tidemark.example", **fields)
    case.evidence.update(text=word("evidence"))
    case.role_labels.add(RoleLabel.objects.create(name="Donor", slug="donor"))
    vetter = making.vetter()
    making.assessed(case, vetter, comment=word("comment"))
    concern = Concern.objects.create(nomination=case, author=vetter, text=word("concern"), outcome=word("outcome"))
    record("said a concern", concern, by=vetter, note=word("note"))
    Recusal.objects.create(nomination=case, person=make.person("Rita Recused"))
    slate = making.slate(case)
    SlateAnswer.objects.create(entry=slate.entries.get(), person=vetter, answer="support")
    twin = making.nomination(make.ambassador("Nominating Noor"), word("twin"), status="submitted")
    for match in (
        NominationMatch.objects.create(nomination=case, other=twin),
        NominationMatch.objects.create(nomination=twin, other=case),
    ):
        workflow.tell_apart(match, by=lead)
    invitation = making.invitation(case, status="withdrawn", note=word("invitation"))
    tokens.issue(tokens.Purpose("invitation"), subject=invitation, address=case.email)
    OutgoingMail.objects.create(key="i", kind="invitation", address=case.email, about={"invitation": invitation.pk})
    apply(moves.DECLINE, case, by=lead, decided_at=LONG_AGO, history_note=word("history"))
    Decision.objects.create(nomination=case, outcome="decline", reasons=word("reasons"), told=word("told"), by=lead)
    clearing.clear(twin)
    return case


@pytest.mark.row("R23")
def test_after_the_purge_no_word_of_the_case_is_anywhere_and_the_numbers_stay(alice):
    case = a_case_full_of_words(alice)
    decided_at, submitted_at = case.decided_at, case.submitted_at
    lines = HistoryEntry.objects.filter(target_type__model="nomination", target_id=str(case.pk)).count()
    assert len(places_of(CANARY)) > 12  # there was something to forget

    forget_cases()

    assert places_of(CANARY) == set()
    case.refresh_from_db()
    assert (case.status, case.decided_at, case.submitted_at) == ("declined", decided_at, submitted_at)
    assert (case.nominator, case.nominee, case.cleared_at is not None) == (None, None, True)
    history = HistoryEntry.objects.filter(target_type__model="nomination", target_id=str(case.pk))
    assert (history.count(), set(history.values_list("target_name", flat=True))) == (lines + 1, {"a former nominee"})
    assert clearing.was_declined(f"{CANARY.upper()}+x@tidemark.example")


def test_two_beats_forget_once(alice):
    a_case_full_of_words(alice)

    forget_cases()
    forget_cases()

    assert HistoryEntry.objects.filter(verb="forgot a case").count() == 2  # the twin, and the case


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_forget_once():
    case = making.nomination(make.ambassador("Alice Amadi"), status="declined", decided_at=LONG_AGO)

    at_once(clearing.clear_due, clearing.clear_due)

    assert HistoryEntry.objects.filter(verb="forgot a case", target_id=str(case.pk)).count() == 1


@pytest.mark.parametrize(
    ("status", "days", "is_cleared"),
    [
        ("declined", 400, True),
        ("declined", 300, False),
        ("withdrawn", 400, True),
        ("approved", 400, False),
        ("not now", 400, False),
        ("vetting", 400, False),
        ("draft", 400, False),
        ("prospect", 400, False),
    ],
)
def test_what_is_forgotten_and_when(alice, status, days, is_cleared):
    case = making.nomination(alice, status=status)
    Nomination.objects.filter(pk=case.pk).update(decided_at=timezone.now() - timedelta(days=days))

    forget_cases()

    case.refresh_from_db()
    assert (case.cleared_at is not None, case.name == "") == (is_cleared, is_cleared)


@pytest.mark.parametrize(
    ("invitations", "is_cleared"),
    [(["declined"], True), (["expired"], True), (["expired", "accepted"], False), (["waiting"], False)],
)
def test_whoever_was_invited_in_vain_is_forgotten_and_whoever_came_is_not(alice, invitations, is_cleared):
    case = making.nomination(alice, status="approved", decided_at=LONG_AGO)
    for status in invitations:
        making.invitation(case, status=status, queued_at=LONG_AGO, answered_at=LONG_AGO)

    forget_cases()

    case.refresh_from_db()
    assert (case.cleared_at is not None) == is_cleared


def test_the_months_are_the_communitys(alice):
    case = making.nomination(alice, status="declined", decided_at=timezone.now() - timedelta(days=70))
    AdmissionRules.objects.update_or_create(pk=1, defaults={"months_kept": 2})

    forget_cases()

    case.refresh_from_db()
    assert case.cleared_at is not None


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ((2027, 3, 31), 1, (2027, 2, 28)),
        ((2027, 1, 15), 1, (2026, 12, 15)),
        ((2028, 2, 29), 12, (2027, 2, 28)),
        ((2027, 5, 5), 24, (2025, 5, 5)),
    ],
)
def test_months_are_those_of_the_calendar(day, months, expected):
    moment = timezone.datetime(*day, 12, tzinfo=timezone.get_default_timezone())

    assert months_ago(moment, months) == timezone.datetime(*expected, 12, tzinfo=timezone.get_default_timezone())


def test_only_the_declined_leave_a_hash(alice):
    for status, is_known in (("declined", True), ("withdrawn", False)):
        case = making.nomination(alice, status=status, email=f"{status}@tidemark.example")
        clearing.clear(case)
        assert clearing.was_declined(f"{status}@tidemark.example") is is_known
        assert case.address_hash != f"{status}@tidemark.example"


def test_erasing_a_nominator_takes_their_drafts_and_unnames_them(alice):
    from ambassadors.nominations.privacy_export import forget_nominations

    making.nomination(alice, word("draft"), status="draft")
    kept = making.nomination(alice, "Kept", status="vetting")
    record("began a nomination", Nomination.objects.get(status="draft"), by=alice)

    forget_nominations(alice)

    assert list(Nomination.objects.values_list("pk", "nominator")) == [(kept.pk, None)]
    assert places_of(CANARY) == set()
