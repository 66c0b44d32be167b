"""Seats: the cap of the stage in force, the waiting list in order, and the last seat, which is given once."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from ambassadors.inviting import joining, seats, workflow
from ambassadors.models import Ambassador, GrowthStage, Invitation, Nomination
from ambassadors.workflow import make_alumni, remove
from correspondence.models import OutgoingMail
from foundation import tokens
from foundation.models import HistoryEntry
from foundation.secrecy import derived_code
from foundation.workflow import TransitionRefused
from tests import make
from tests.ambassadors import admission_making as making
from tests.races import at_once

S = Invitation.Status
DAY = datetime.timedelta(days=1)


def stage(cap, *, target=None, opened=True, name="First"):
    opened_at = timezone.now() if opened else None
    target = target or cap or 75
    by = timezone.localdate() + 365 * DAY
    return GrowthStage.objects.create(name=name, target=target, cap=cap, by_date=by, opened_at=opened_at)


def approved(*names):
    """Approved nominees with their invitations, in this order."""
    nominator = make.ambassador("Nadia Nominator")
    return [workflow.invite(making.nomination(nominator, name, status="approved"), by=None) for name in names]


def states():
    return list(Invitation.objects.order_by("pk").values_list("status", flat=True))


def mails(kind="invitation"):
    return OutgoingMail.objects.filter(kind=kind).count()


def code_for(invitation):
    """What stands in the mail with the code."""
    token = tokens.open_ones(seats.INVITATION_LINK, invitation).get()
    assert joining.accept(token, {"name": invitation.name})
    invitation.refresh_from_db()
    return token, derived_code("invitation_code", invitation.nonce)


def test_without_an_opened_stage_there_is_no_cap(db):
    stage(1, opened=False)
    approved("Ana Abe", "Ben Bor")
    assert states() == [S.SENT, S.SENT]
    assert seats.seats().free is None


def test_of_the_opened_stages_the_largest_goal_holds(db):
    stage(75, name="One")
    stage(150, name="Two")
    stage(300, name="Three", opened=False)
    assert seats.seats().cap == 150


def test_members_pausing_members_and_sent_invitations_hold_seats_and_the_roster_does_not(db):
    stage(5)
    make.ambassador("Pia Pausing", status="paused")
    make.ambassador("Rob Roster", status="listed")
    make.ambassador("Ida Alumna", status="alumni")
    approved("Ana Abe", "Ben Bor")  # and the nominator
    held = seats.seats()
    assert (held.members, held.invited, held.waiting, held.free) == (2, 2, 0, 1)


def test_past_the_cap_nominees_wait_in_order_of_approval_and_the_next_goes_out_when_a_seat_frees(db):
    stage(2)
    first, second, third = approved("Ana Abe", "Ben Bor", "Cem Cas")
    assert states() == [S.SENT, S.WAITING, S.WAITING]
    Invitation.objects.filter(pk=third.pk).update(queued_at=second.queued_at - DAY)
    workflow.withdraw(first, by=making.lead())
    assert states() == [S.WITHDRAWN, S.WAITING, S.SENT]
    assert mails() == 2


@pytest.mark.parametrize("leave", ["alumni", "removed"])
def test_whoever_leaves_gives_their_seat_to_the_next(db, staff, leave):
    stage(2)
    leaver = make.ambassador("Leo Leaver").ambassador
    approved("Ana Abe")
    assert states() == [S.WAITING]
    if leave == "alumni":
        make_alumni(leaver, by=staff)
    else:
        remove(leaver, by=staff, agreed=make.second(), reason="Agreed.")
    assert states() == [S.SENT]


def test_a_pause_keeps_the_seat(db, alice):
    stage(2)
    approved("Ana Abe")
    Ambassador.objects.filter(user=alice).update(status="paused")
    assert seats.fill_seats() == 0


def test_opening_a_stage_sends_those_who_wait_and_closing_it_takes_nothing_back(db, staff):
    stage(1, name="One")
    next_one = stage(3, name="Two", opened=False)
    approved("Ana Abe", "Ben Bor", "Cem Cas")
    assert states() == [S.WAITING, S.WAITING, S.WAITING]
    assert seats.open_stage(next_one, by=staff) == 2
    assert states() == [S.SENT, S.SENT, S.WAITING]
    assert seats.close_stage(next_one, by=staff) == 0
    assert states() == [S.SENT, S.SENT, S.WAITING]
    assert seats.seats().beyond == 2
    lines = HistoryEntry.objects.filter(verb__endswith="a stage of growth").order_by("pk")
    assert [line.verb for line in lines] == ["opened a stage of growth", "closed a stage of growth"]


def test_a_stage_is_opened_by_the_support_team_and_once(db, staff, alice):
    one = stage(5, opened=False)
    with pytest.raises(PermissionDenied):
        seats.open_stage(one, by=alice)
    seats.open_stage(one, by=staff)
    with pytest.raises(TransitionRefused):
        seats.open_stage(one, by=staff)


def test_approved_twice_they_keep_the_invitation_they_have(db):
    (invitation,) = approved("Ana Abe")
    assert workflow.invite(invitation.nomination, by=None) == invitation
    assert mails() == 1


def test_a_case_that_is_not_approved_invites_nobody(db, alice):
    with pytest.raises(TransitionRefused):
        workflow.invite(making.nomination(alice), by=None)


def test_a_nomination_that_is_taken_back_takes_its_invitation_with_it_and_the_seat_goes_on(db):
    from ambassadors.nominations.workflow import withdraw

    stage(2)
    first, _second = approved("Ana Abe", "Ben Bor")
    withdraw(first.nomination, by=first.nomination.nominator)
    assert states() == [S.WITHDRAWN, S.SENT]
    assert not tokens.open_ones(seats.INVITATION_LINK, first).exists()


def test_the_clock_lets_an_invitation_lapse_once_and_gives_its_seat_on(db):
    stage(2)
    first, _second = approved("Ana Abe", "Ben Bor")
    Invitation.objects.filter(pk=first.pk).update(expires_at=timezone.now() - DAY)
    assert workflow.expire_due() == 1
    assert workflow.expire_due() == 0
    assert states() == [S.EXPIRED, S.SENT]
    assert mails("invitation_news") == 1


def test_one_is_reminded_once_in_the_last_week(db):
    (_invitation,) = approved("Ana Abe")
    assert workflow.remind_due() == 0
    Invitation.objects.update(expires_at=timezone.now() + 5 * DAY)
    assert (workflow.remind_due(), workflow.remind_due()) == (1, 0)
    assert mails("invitation_reminder") == 1


def test_days_end_with_a_day_of_the_site_also_when_clocks_change(db, settings):
    settings.TIME_ZONE = "Europe/Berlin"  # clocks went back on 25 October 2026: that day had 25 hours
    start = datetime.datetime(2026, 10, 24, 12, 0, tzinfo=datetime.UTC)
    assert seats.end_of_days(1, start).isoformat() == "2026-10-25T23:59:59.999999+01:00"
    assert seats.end_of_days(0, start).isoformat() == "2026-10-24T23:59:59.999999+02:00"


def test_renewed_they_get_the_next_free_seat_by_the_day_they_were_approved(db):
    stage(2)
    first, second, _third = approved("Ana Abe", "Ben Bor", "Cem Cas")
    lead = making.lead()
    workflow.withdraw(first, by=lead)
    workflow.renew(first, by=lead)
    assert states() == [S.WAITING, S.SENT, S.WAITING]
    workflow.withdraw(second, by=lead)
    assert states() == [S.SENT, S.WITHDRAWN, S.WAITING]


class TestAtTheSameInstant:
    """Each of two on a connection of its own."""

    pytestmark = pytest.mark.django_db(transaction=True)

    def waiting(self, cap, *names):
        """A full house: `cap` seats, with these waiting."""
        stage(cap)
        nominator = make.ambassador("Nadia Nominator")
        return [making.nomination(nominator, name, status="approved") for name in names]

    def test_two_approvals_for_the_last_seat(self):
        cases = self.waiting(2, "Ana Abe", "Ben Bor")
        at_once(*[lambda case=case: workflow.invite(case, by=None) for case in cases])
        assert sorted(states()) == [S.SENT, S.WAITING]
        assert mails() == 1

    def test_the_same_approval_twice(self):
        (case,) = self.waiting(5, "Ana Abe")
        at_once(*[lambda: workflow.invite(Nomination.objects.get(pk=case.pk), by=None)] * 2)
        assert states() == [S.SENT]
        assert mails() == 1

    def test_seats_freed_twice_at_once(self):
        leavers = [make.ambassador(name).ambassador for name in ("Lea Leaver", "Leo Leaver")]
        for case in self.waiting(3, "Ana Abe", "Ben Bor", "Cem Cas"):
            workflow.invite(case, by=None)
        assert states() == [S.WAITING] * 3
        at_once(*[lambda one=one: make_alumni(one, by=one.user) for one in leavers])
        assert states() == [S.SENT, S.SENT, S.WAITING]

    def test_two_beats(self):
        for case in self.waiting(1, "Ana Abe", "Ben Bor"):
            workflow.invite(case, by=None)
        GrowthStage.objects.update(cap=2, target=2)
        assert sorted(at_once(seats.fill_seats, seats.fill_seats)) == [0, 1]
        assert mails() == 1

    def test_two_beats_without_any_stage(self):
        case = making.nomination(make.ambassador("Nadia Nominator"), "Ana Abe", status="approved")
        making.invitation(case, status="waiting")
        assert sorted(at_once(seats.fill_seats, seats.fill_seats)) == [0, 1]
        assert mails() == 1

    def test_accepting_at_the_moment_of_withdrawal(self):
        (case,) = self.waiting(5, "Ana Abe")
        lead, invitation = making.lead(), workflow.invite(case, by=None)
        token, code = code_for(invitation)
        joined, withdrawn = at_once(
            lambda: joining.join(token, code), lambda: workflow.withdraw(Invitation.objects.get(pk=invitation.pk), by=lead)
        )
        members = Ambassador.objects.filter(user__email=invitation.email, status="active").count()
        won = (isinstance(joined, joining.Joined), withdrawn is None)
        assert won in {(True, False), (False, True)}
        assert (states(), members) == ([S.ACCEPTED if won[0] else S.WITHDRAWN], int(won[0]))

    def test_accepting_twice(self):
        (case,) = self.waiting(5, "Ana Abe")
        token, code = code_for(workflow.invite(case, by=None))
        results = at_once(lambda: joining.join(token, code), lambda: joining.join(token, code))
        assert sum(isinstance(one, joining.Joined) for one in results) == 1
        assert Ambassador.objects.filter(user__email=case.email).count() == 1
        assert mails("invitation_news") == 1

    def test_lapsing_at_the_moment_of_acceptance(self):
        (case,) = self.waiting(5, "Ana Abe")
        invitation = workflow.invite(case, by=None)
        token, code = code_for(invitation)
        Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - DAY)
        joined, lapsed = at_once(lambda: joining.join(token, code), workflow.expire_due)
        accepted = isinstance(joined, joining.Joined)
        assert lapsed == int(not accepted)
        assert states() == [S.ACCEPTED if accepted else S.EXPIRED]

    def test_two_guesses_at_once_are_two_guesses(self):
        (case,) = self.waiting(5, "Ana Abe")
        invitation = workflow.invite(case, by=None)
        token, _code = code_for(invitation)
        at_once(lambda: joining.join(token, "22222222"), lambda: joining.join(token, "33333333"))
        invitation.refresh_from_db()
        assert invitation.code_tries == 2
