from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ambassadors.workflow import standing
from foundation.models import HistoryEntry
from tests import make
from tests.welcome.matching import a_buddy, newcomer, welcomed
from welcome.buddies import matching, offering, taking_over, workflow
from welcome.buddies.privacy_export import forget_buddies
from welcome.buddies.words import SAMPLES, check_words, filled_in
from welcome.models import BuddyMatch, WelcomeRules

pytestmark = pytest.mark.django_db
NAMES = {"newcomer": "Nora {buddy}", "buddy": "Ana", "community": "Tidemark"}


@pytest.mark.parametrize("words", ["Hello {newcomer}, {buddy} of {community}", "No names", *(str(one.words) for one in SAMPLES)])
def test_words_with_known_placeholders_or_none_are_taken(words):
    check_words(words)
    assert "{newcomer}" not in filled_in(words, **NAMES)


@pytest.mark.parametrize("words", ["Hello {name}", "Hello {}", "Hello {Newcomer}", "Hello {newcomer", "Hello }", "{{newcomer}}"])
def test_other_braces_are_refused(words):
    with pytest.raises(ValidationError):
        check_words(words)


def test_a_name_is_never_taken_for_a_placeholder():
    assert filled_in("Hello {newcomer}, {buddy}", **NAMES) == "Hello Nora {buddy}, Ana"


def test_the_three_samples_differ():
    openings = {str(one.words).split("\n")[0] for one in SAMPLES}
    assert (len(SAMPLES), len(openings), len({str(one.tone) for one in SAMPLES})) == (3, 3, 3)


def test_what_was_approved_stays_in_force_until_newer_words_are(alice):
    buddy = offering.offer(alice, capacity=2)
    first = offering.write_words(buddy, "One, {newcomer}", by=alice)
    assert workflow.words_of(buddy) is None
    offering.approve_words(buddy, 1, by=alice)
    second = offering.write_words(buddy, "Two, {newcomer}", by=alice)
    assert workflow.words_of(buddy) == first
    with pytest.raises(ValidationError):
        offering.approve_words(buddy, 1, by=alice)
    offering.approve_words(buddy, 2, by=alice)
    assert workflow.words_of(buddy) == second
    assert offering.withdraw_approval(buddy, by=alice) == 2
    assert workflow.words_of(buddy) is None
    with pytest.raises(ValidationError):
        offering.approve_words(buddy, 2, by=alice)
    again = offering.write_words(buddy, "Two, {newcomer}", by=alice)
    offering.approve_words(buddy, again.number, by=alice)
    assert (again.number, workflow.words_of(buddy)) == (3, again)
    approvals = HistoryEntry.objects.filter(verb="approved words of welcome", actor=alice).order_by("pk")
    assert [line.note for line in approvals] == ["1", "2", "3"]


def test_the_same_words_again_are_the_same_edition(alice):
    buddy = offering.offer(alice, capacity=2)
    first = offering.write_words(buddy, "Hello", by=alice)
    assert offering.write_words(buddy, " Hello\r\n", by=alice) == first


@pytest.mark.parametrize("act", ["write", "approve", "withdraw", "stop"])
def test_nobody_decides_for_somebody_else_staff_included(act, staff):
    buddy = a_buddy("Ana Ash")
    acts = {
        "write": lambda by: offering.write_words(buddy, "Mine", by=by),
        "approve": lambda by: offering.approve_words(buddy, 1, by=by),
        "withdraw": lambda by: offering.withdraw_approval(buddy, by=by),
        "stop": lambda by: offering.stop(buddy, by=by),
    }
    for other in (staff, make.ambassador("Bob Brandt"), make.ambassador("Stu Staff", is_staff=True)):
        with pytest.raises(PermissionDenied):
            acts[act](other)


def test_who_is_no_ambassador_offers_nothing(staff, alumna):
    for person in (staff, alumna):
        with pytest.raises(PermissionDenied):
            offering.offer(person, capacity=1)


def test_who_stops_is_replaced_before_the_welcome_and_keeps_who_was_welcomed(staff):
    ana, ben = a_buddy("Ana Ash"), a_buddy("Ben Birch")
    waiting, welcomed = newcomer("Wanda Waits"), newcomer("Will Welcomed")
    for person in (waiting, welcomed):
        workflow.choose(person, ana, by=staff)
    BuddyMatch.objects.filter(newcomer=welcomed).update(status="welcomed", welcomed_at=timezone.now())
    offering.stop(ana, by=ana.person)
    live = BuddyMatch.objects.live().order_by("newcomer__name")
    assert [(match.newcomer, match.buddy, match.status) for match in live] == [
        (waiting, ben, "proposed"),
        (welcomed, ana, "welcomed"),
    ]


# The clock


def test_the_clock_suggests_for_who_waits_and_not_for_who_is_old_here():
    a_buddy("Ana Ash", capacity=9, joined_at=timezone.now() - timedelta(days=400))
    new, back = newcomer("New Comer"), newcomer("Let Go", days=9)
    newcomer("Old Hand", days=31)
    newcomer("Paused Comer", status="paused")
    BuddyMatch.objects.create(newcomer=back, status="ended", ended_why="asked", welcomed_at=timezone.now())
    matching.suggest_for_waiting()
    matching.suggest_for_waiting()
    assert [match.newcomer for match in BuddyMatch.objects.live()] == [new]


@pytest.mark.parametrize(("rule", "lain", "status"), [(None, 99, "proposed"), (24, 23, "proposed"), (24, 24, "confirmed")])
def test_a_suggestion_is_taken_without_the_team_when_the_rules_say_so(rule, lain, status):
    WelcomeRules.objects.create(pk=1, confirms_after=rule)
    a_buddy("Ana Ash")
    match = workflow.propose(newcomer())
    BuddyMatch.objects.update(proposed_at=timezone.now() - timedelta(hours=lain))
    matching.confirm_due()
    match.refresh_from_db()
    assert match.status == status


def test_a_suggestion_that_cannot_be_any_more_gives_way_to_the_next():
    ana, ben = a_buddy("Ana Ash"), a_buddy("Ben Birch")
    person = newcomer()
    assert workflow.propose(person).buddy == ana
    ana.person.ambassador.away_until = timezone.localdate() + timedelta(days=8)
    ana.person.ambassador.save()
    matching.renew_suggestions()
    assert [match.buddy for match in BuddyMatch.objects.live()] == [ben]


def test_a_suggestion_for_somebody_who_has_left_takes_up_nobodys_room():
    a_buddy("Ana Ash")
    match = workflow.propose(newcomer())
    standing.make_alumni(match.newcomer.ambassador, by=match.newcomer)
    taking_over.replace_who_cannot()
    match.refresh_from_db()
    assert (match.status, match.ended_why) == ("withdrawn", "newcomer left")


def test_the_newcomer_of_a_buddy_who_was_erased_waits_for_somebody_else():
    ana, person = a_buddy("Ana Ash"), newcomer()
    welcomed(person, ana)
    forget_buddies(ana.person)
    assert list(matching.waiting()) == [person]


def test_after_some_weeks_the_buddy_has_room_again():
    a_buddy("Ana Ash", capacity=1)
    match = workflow.propose(newcomer())
    for days, status in ((59, "together"), (60, "ended")):
        BuddyMatch.objects.update(status="together", welcomed_at=timezone.now() - timedelta(days=days))
        matching.let_arrived_go()
        match.refresh_from_db()
        assert match.status == status
    assert workflow.propose(newcomer("Next Newcomer")) is not None


def test_who_joins_is_suggested_a_buddy_at_once_and_joins_whatever_happens(monkeypatch):
    from ambassadors.models import Ambassador
    from ambassadors.signals import ambassador_joined

    a_buddy("Ana Ash")
    first, second = newcomer("First Comer"), newcomer("Second Comer")
    ambassador_joined.send(Ambassador, ambassador=first.ambassador, invitation=None)
    monkeypatch.setattr(workflow, "propose", lambda person: BuddyMatch.objects.get(pk=0))
    ambassador_joined.send(Ambassador, ambassador=second.ambassador, invitation=None)
    assert [match.newcomer for match in BuddyMatch.objects.all()] == [first]
