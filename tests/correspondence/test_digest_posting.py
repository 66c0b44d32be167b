"""From the date to the outbox: each digest once, whoever is late, away, moved or not there any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ambassadors.models import Ambassador
from correspondence import due, outbox, preferences
from correspondence.digests import posting
from correspondence.models import DigestChoice, OutgoingMail, WaitingDigest
from foundation.models import Community
from tests import make

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2027, 1, 8, 12, tzinfo=UTC)
MONDAY = datetime(2027, 1, 11, 8, 1, tzinfo=UTC)


@pytest.fixture
def clock():
    """A clock that stands still until it is moved; it stands on a Friday, and the digests come on Monday at eight."""
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


def post_due() -> list[tuple[str, str, str]]:
    """Let the clock look, and tell of the digests in the outbox: to whom, and their spans."""
    posting.look_around()
    posting.post_due()
    mails = OutgoingMail.objects.filter(kind="digest").order_by("pk").select_related("person")
    return [(mail.person.name, mail.about["since"][:16], mail.about["until"][:16]) for mail in mails]


def test_everybody_gets_a_first_moment_and_a_mail_when_it_has_come(clock, alice, alumna, staff):
    assert post_due() == []
    assert dict(DigestChoice.objects.values_list("person__name", "next_due_at")) == {
        "Alice Amadi": datetime(2027, 1, 11, 8, tzinfo=UTC), "Sam Staff": datetime(2027, 1, 11, 8, tzinfo=UTC),
    }  # fmt: skip

    clock.move_to(MONDAY)

    assert post_due() == [
        ("Alice Amadi", "2027-01-08T12:00", "2027-01-11T08:01"), ("Sam Staff", "2027-01-08T12:00", "2027-01-11T08:01")
    ]  # fmt: skip
    assert set(DigestChoice.objects.values_list("next_due_at", flat=True)) == {datetime(2027, 1, 18, 8, tzinfo=UTC)}


def test_a_clock_that_stood_still_for_weeks_brings_one(clock, alice):
    post_due()

    clock.move_to(MONDAY + timedelta(days=24))

    assert post_due() == [("Alice Amadi", "2027-01-08T12:00", "2027-02-04T08:01")]
    assert DigestChoice.objects.get().next_due_at == datetime(2027, 2, 8, 8, tzinfo=UTC)


def test_one_that_could_not_go_yet_grows_instead_of_having_a_second_beside_it(clock, alice):
    DigestChoice.objects.create(person=alice, zone="UTC", frequency="daily", next_due_at=FRIDAY)
    assert post_due() == [("Alice Amadi", "2027-01-08T12:00", "2027-01-08T12:00")]

    clock.shift(timedelta(days=3))

    assert post_due() == [("Alice Amadi", "2027-01-08T12:00", "2027-01-11T12:00")]


def test_what_no_server_took_is_told_in_the_next_one(clock, alice):
    DigestChoice.objects.create(
        person=alice, zone="UTC", frequency="daily", next_due_at=FRIDAY, told_until=FRIDAY - timedelta(days=1)
    )
    post_due()
    OutgoingMail.objects.update(state="failed")

    clock.shift(timedelta(days=1))

    assert [span[1:] for span in post_due()] == [
        ("2027-01-07T12:00", "2027-01-08T12:00"), ("2027-01-07T12:00", "2027-01-09T12:00")
    ]  # fmt: skip


def test_a_switch_that_was_off_does_not_bring_what_came_meanwhile(clock, alice):
    post_due()
    preferences.choose(alice, "digest", wanted=False)
    clock.move_to(MONDAY)
    assert post_due() == []

    preferences.choose(alice, "digest", wanted=True)
    clock.move_to(MONDAY + timedelta(days=7))

    assert post_due() == [("Alice Amadi", "2027-01-11T08:01", "2027-01-18T08:01")]


def test_whoever_left_has_no_moment_until_they_are_back(clock, alice):
    post_due()
    alice.ambassador.status = "alumni"
    alice.ambassador.save()
    clock.move_to(MONDAY)
    assert post_due() == []
    assert DigestChoice.objects.get().next_due_at is None

    alice.ambassador.status = "active"
    alice.ambassador.save()

    assert post_due() == []
    assert DigestChoice.objects.get().next_due_at == datetime(2027, 1, 18, 8, tzinfo=UTC)


def test_whoever_moves_has_it_at_the_hour_of_the_new_place(clock, alice):
    post_due()
    alice.time_zone = "Pacific/Auckland"
    alice.save()

    post_due()

    assert DigestChoice.objects.get().next_due_at == datetime(2027, 1, 10, 19, tzinfo=UTC)  # Monday, eight in the morning


def test_whoever_says_so_in_their_profile_need_not_wait_for_the_hour(clock, client, alice):
    post_due()
    client.force_login(alice)

    client.post("/settings/profile/you/", {"name": alice.name, "time_zone": "Pacific/Auckland"})

    assert DigestChoice.objects.values_list("zone", "next_due_at").get() == (
        "Pacific/Auckland", datetime(2027, 1, 10, 19, tzinfo=UTC)
    )  # fmt: skip


def test_a_look_at_the_clock_looks_at_nobody_who_is_not_due(clock):
    for person in make.members(3):
        DigestChoice.objects.create(person=person, zone="UTC", next_due_at=MONDAY)

    with CaptureQueriesContext(connection) as queries:
        assert posting.post_due() == 0

    (look,) = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert '"next_due_at" <= ' in look


def test_what_waits_for_the_next_morning_goes_along(clock, alice, note, mailoutbox):
    Community.objects.create(pk=1, name="Riverside Circle", mails_a_day=0)
    post_due()
    clock.move_to(MONDAY - timedelta(hours=10))
    for key in ("first", "second"):
        outbox.deliver(outbox.post("note", alice, key=key, text=key).pk)
    assert WaitingDigest.objects.get().due_at == datetime(2027, 1, 11, 7, tzinfo=UTC)
    WaitingDigest.objects.update(due_at=MONDAY + timedelta(hours=1))

    clock.move_to(MONDAY)
    due.post_all()
    digest = OutgoingMail.objects.get(kind="digest")
    outbox.deliver(digest.pk)

    assert set(OutgoingMail.objects.filter(kind="note").values_list("state", "told_in")) == {("in digest", digest.pk)}
    assert [mail.subject for mail in mailoutbox] == ["“About first on two lines” and one thing more"]
    assert "* About first on two lines\n" in mailoutbox[0].body
    assert "* About second on two lines\n" in mailoutbox[0].body
    assert WaitingDigest.objects.get().due_at is None


def test_an_empty_digest_is_not_sent(clock, alice, mailoutbox):
    post_due()
    clock.move_to(MONDAY)
    post_due()

    outbox.deliver(OutgoingMail.objects.get().pk)

    assert mailoutbox == []
    assert OutgoingMail.objects.get().state == "unwanted"


@pytest.mark.parametrize("number", [1, 3])
def test_a_batch_costs_the_same_for_one_and_for_three(clock, number):
    for person in make.members(number):
        DigestChoice.objects.create(person=person, zone="UTC", next_due_at=FRIDAY)

    with CaptureQueriesContext(connection) as queries:
        posting._post_batch(FRIDAY)

    assert OutgoingMail.objects.count() == number
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == 6


def test_who_is_new_is_found_without_reading_through_everybody(alice):
    make.members(500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ambassadors_ambassador")

    plan = Ambassador.objects.filter(status="active", joined_at__gt=timezone.now()).order_by("-joined_at").explain()

    assert "ambassador_newest_first" in plan
