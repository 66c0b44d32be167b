"""Warning, pausing and removing somebody: two decide, the person reads why, a third decides about the appeal."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ambassadors.models import Ambassador, User
from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail, OutgoingMail
from correspondence.tasks import deliver_mail
from discussions.models import Measure
from discussions.moderation import measures
from foundation.desk import cards_for
from foundation.models import HistoryEntry
from foundation.privacy_export import archive_of, erase
from foundation.workflow import TransitionRefused
from tests import make
from tests.correspondence.letters import letter
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    """The support team: the first proposes, the second agrees, the third decides about appeals."""
    return [make.person(name, is_staff=True) for name in ("Ada First", "Ben Second", "Cleo Third")]


def taken(person, team, kind="warning", **fields) -> Measure:
    measure = measures.propose(person, kind, by=team[0], reason="You sold the directory.", **fields)
    measures.agree(measure, by=team[1])
    return measure


def deliver_all():
    for mail in OutgoingMail.objects.filter(state="queued"):
        deliver_mail(mail.pk)


def mails_to(person):
    deliver_all()
    return [mail for mail in django_mail.outbox if mail.to == [person.email]]


def fresh(person) -> User:
    return User.objects.get(pk=person.pk)


def link_in(mail) -> str:
    return re.search(r"/appeals/[a-z0-9-]+/", mail.body)[0]


def test_nobody_decides_alone_and_until_then_the_person_knows_nothing(client, team, alice, bob):
    measure = measures.propose(alice, "removal", by=team[0], reason="You sold the directory.")
    for person in (team[0], alice, bob):
        with pytest.raises(PermissionDenied):
            measures.agree(measure, by=person)

    assert (fresh(alice).is_active, mails_to(alice), HistoryEntry.objects.visible_to(alice).count()) == (True, [], 0)
    client.force_login(alice)
    assert client.get(measure.get_absolute_url()).status_code == 404
    told = {mail.to[0] for mail in django_mail.outbox if mail.subject == "A second person is wanted"}
    assert told == {team[1].email, team[2].email}
    assert [["measure waits" in card.title for card in cards_for(one) if "measure" in card.title] for one in team] == [
        [],
        [True],
        [True],
    ]
    client.force_login(team[0])
    assert "I agree" not in client.get(measure.get_absolute_url()).content.decode()
    client.force_login(team[1])
    client.post(f"/measures/{measure.pk}/agree/")
    assert (fresh(alice).is_active, Ambassador.objects.get(user=alice).status) == (False, "removed")


def test_a_warning_changes_nothing_but_what_the_person_knows(client, team, alice):
    measure = taken(alice, team)
    (mail,) = mails_to(alice)
    client.force_login(alice)
    page = client.get(measure.get_absolute_url()).content.decode()

    assert (mail.subject, "You sold the directory." in mail.body, "You sold the directory." in page) == ("A warning", True, True)
    assert [part for part in ("Ada First", "Ben Second") if part in mail.body + page] == []
    assert fresh(alice).is_active


def test_a_pause_ends_by_the_clock_and_says_so_once(client, team, alice):
    last_day = timezone.localdate() + timedelta(days=10)
    client.force_login(alice)
    taken(alice, team, "pause", until=last_day)

    assert (client.get("/desk/").status_code, fresh(alice).is_active, measures.end_pauses()) == (302, False, 0)
    assert mails_to(alice)[0].subject == "A pause"
    with time_machine.travel(last_day + timedelta(days=1, hours=12)):
        assert (measures.end_pauses(), measures.end_pauses(), fresh(alice).is_active) == (1, 0, True)
        assert [mail.subject for mail in mails_to(alice)] == ["A pause", "Welcome back"]


def test_a_pause_has_a_day_within_half_a_year(team, alice):
    for until in (None, timezone.localdate(), timezone.localdate() + timedelta(days=181), date(2020, 1, 1)):
        with pytest.raises(ValidationError, match="within half a year"):
            measures.propose(alice, "pause", by=team[0], reason="So.", until=until)
    with pytest.raises(ValidationError, match="reason"):
        measures.propose(alice, "warning", by=team[0], reason="  ")

    assert Measure.objects.count() == 0


def test_it_is_about_members_who_are_not_of_the_team(client, team, alice, bob):
    for by, about in ((team[0], team[1]), (team[0], team[0]), (alice, bob), (team[0], make.ambassador("Alma", status="alumni"))):
        with pytest.raises(PermissionDenied):
            measures.propose(about, "warning", by=by, reason="So.")
    client.force_login(bob)
    assert "/measures/new/" not in client.get(alice.ambassador.get_absolute_url()).content.decode()
    client.force_login(team[0])
    assert f"/measures/new/{alice.ambassador.pk}/" in client.get(alice.ambassador.get_absolute_url()).content.decode()


def test_whoever_was_removed_appeals_by_the_link_and_a_third_lifts_it(client, team, alice):
    measure = taken(alice, team, "removal")
    address = link_in(mails_to(alice)[0])
    assert "You sold the directory." in client.get(address).content.decode()
    assert client.post(address, {"words": "It was my namesake."}).status_code == 200
    assert client.post(address, {"words": "Once more."}).status_code == 410
    measure.refresh_from_db()

    for person in (team[0], team[1], alice):
        with pytest.raises(PermissionDenied):
            measures.answer(measure, by=person, lifts=True, words="So be it.")
    deliver_all()
    assert {mail.to[0] for mail in django_mail.outbox if mail.subject == "An appeal to decide about"} == {team[2].email}
    assert [any("appeal" in card.title for card in cards_for(one)) for one in team] == [False, False, True]
    client.force_login(team[2])
    client.post(f"/measures/{measure.pk}/answer/", {"lifts": "yes", "words": "We mixed up two people. I am sorry."})
    client.logout()
    measure.refresh_from_db()

    assert (measure.status, fresh(alice).is_active, Ambassador.objects.get(user=alice).status) == ("lifted", True, "active")
    assert "We mixed up two people. I am sorry." in mails_to(alice)[-1].body
    with pytest.raises(TransitionRefused):
        measures.answer(measure, by=team[2], lifts=False, words="Or not.")


def test_an_appeal_by_mail_is_an_answer_to_the_mail_from_an_own_address(team, alice, bob):
    measure = taken(alice, team, "pause", until=timezone.localdate() + timedelta(days=10))
    address = mails_to(alice)[0].reply_to[0].strip("<>")
    others = receive(letter(bob.email, address, "Let her in."), address)
    own = receive(letter(alice.email, address, "It was my namesake."), address)
    again = receive(letter(alice.email, address, "Once more."), address)
    measure.refresh_from_db()

    assert [mail.outcome for mail in (others, own, again)] == [
        InboundMail.Outcome.REFUSED,
        InboundMail.Outcome.POSTED,
        InboundMail.Outcome.REFUSED,
    ]
    assert measure.appeal == "It was my namesake."
    measures.answer(measure, by=team[2], lifts=False, words="I have read it twice, and it stays.")
    measure.refresh_from_db()
    assert (measure.status, fresh(alice).is_active) == ("in force", False)
    assert "it stays" in mails_to(alice)[-1].body


def test_every_step_is_in_the_history_which_the_person_reads_from_the_moment_it_is_in_force(team, alice):
    measure = taken(alice, team)
    measures.appeal(measure, "It was my namesake.")
    measures.answer(measure, by=team[2], lifts=True, words="I am sorry.")

    lines = HistoryEntry.objects.filter(target_type__model="measure").order_by("pk")
    assert list(lines.values_list("actor__name", "verb")) == [
        ("Ada First", "proposed a measure"),
        ("Ben Second", "agreed to a measure"),
        ("Alice Amadi", "appealed against a measure"),
        ("Cleo Third", "lifted a measure after an appeal"),
    ]
    assert [line.verb for line in HistoryEntry.objects.visible_to(alice).order_by("pk")] == [line.verb for line in lines][1:]


@pytest.mark.parametrize("rows", [1, 3])
def test_measure_list_query_count(client, team, rows, django_assert_num_queries):
    for number in range(rows):
        measures.propose(make.ambassador(f"Some One {number}"), "warning", by=team[0], reason="So.")
        taken(make.ambassador(f"Other One {number}"), team)
    client.force_login(team[1])
    client.get("/measures/")

    with django_assert_num_queries(6):
        client.get("/measures/")


def test_an_archive_tells_what_was_decided_and_erasing_forgets_it(team, alice, bob):
    measures.propose(bob, "warning", by=team[0], reason="So.")
    taken(alice, team)

    assert [row.get("reason") for row in archive_of(alice)["reports"]] == ["You sold the directory."]
    assert archive_of(bob)["reports"] == []
    erase(alice)
    erase(team[0])
    assert list(Measure.objects.values_list("person__name", "proposed_by")) == [("Bob Brandt", None)]


@pytest.mark.django_db(transaction=True)
def test_two_who_agree_in_the_same_second_make_one_decision():
    team = [make.person(name, is_staff=True) for name in ("Ada First", "Ben Second", "Cleo Third")]
    measure = measures.propose(make.ambassador("Alice Amadi"), "removal", by=team[0], reason="So.")

    results = at_once(*[lambda one=one: measures.agree(Measure.objects.get(pk=measure.pk), by=one) for one in team[1:]])

    assert sorted(type(one).__name__ for one in results) == ["NoneType", "TransitionRefused"]
    assert OutgoingMail.objects.filter(kind="measure_taken").count() == 1
