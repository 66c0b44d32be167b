"""Not too much mail: at most so many unasked mails a person a day, in their own zone; the rest is told in one digest."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from correspondence import allowance, due, outbox, waiting
from correspondence.models import MailPreference, OutgoingMail, WaitingDigest
from foundation.models import Community
from tests import make

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture
def limit(db):
    def to(mails_a_day: int) -> None:
        Community.objects.update_or_create(pk=1, defaults={"name": "Riverside Circle", "mails_a_day": mails_a_day})

    to(3)
    return to


def deliver(person, kind="note", key=None, **about) -> OutgoingMail:
    mail = outbox.post(kind, person, key=key or f"{kind}:{OutgoingMail.objects.count()}", **about)
    outbox.deliver(mail.pk)
    mail.refresh_from_db()
    return mail


def states(person, kind="note", number=5) -> list[str]:
    return [deliver(person, kind).state for _ in range(number)]


def run_the_clock() -> None:
    """What beat and a worker do: post what is due, then deliver it."""
    due.post_all()
    for pk in OutgoingMail.objects.filter(state="queued").values_list("pk", flat=True):
        outbox.deliver(pk)


def digest_lines(message) -> list[str]:
    return [line.removeprefix("* ") for line in message.body.splitlines() if line.startswith("* ")]


def test_what_is_over_the_limit_waits(mailoutbox, limit, note, alice, bob):
    assert states(alice) == ["sent", "sent", "sent", "waiting", "waiting"]
    assert states(bob, number=1) == ["sent"]
    assert len(mailoutbox) == 4


def test_all_kinds_share_the_limit_and_what_was_asked_for_is_exempt(mailoutbox, limit, new_kind, note, code, alice):
    new_kind("waiting_too")
    assert [deliver(alice, kind).state for kind in ("note", "waiting_too", "note", "waiting_too")] == ["sent"] * 3 + ["waiting"]

    assert deliver(alice, "code").state == "sent"
    assert deliver(alice, "code").state == "sent"


def test_answers_to_ones_own_words_are_not_limited(mailoutbox, limit, new_kind, alice):
    new_kind("note", answers_own_words=True)

    assert states(alice) == ["sent"] * 5


def test_a_try_that_failed_takes_one_place_only(smtp, limit, note, alice):
    limit(1)
    smtp.say["RCPT"] = "450 try later"
    mail = deliver(alice)
    assert mail.state == "queued"
    smtp.say.clear()
    OutgoingMail.objects.update(due_at=mail.created_at)

    outbox.deliver(mail.pk)

    mail.refresh_from_db()
    assert mail.state == "sent"


@pytest.mark.parametrize("answer", ["550 no such person"])
def test_a_mail_that_never_went_gives_its_place_back(smtp, limit, note, alice, answer):
    limit(1)
    smtp.say["RCPT"] = answer
    assert deliver(alice).state == "failed"
    smtp.say.clear()

    assert deliver(alice).state == "sent"


@pytest.mark.parametrize(
    ("zone", "new_day"), [("UTC", "2026-11-24T00:00"), ("Asia/Tokyo", "2026-11-23T15:00"), ("America/Lima", "2026-11-24T05:00")]
)
def test_the_day_begins_at_the_persons_own_midnight(mailoutbox, limit, note, zone, new_day):
    person = make.ambassador("Tomoko Tanaka", time_zone=zone)
    midnight = datetime.fromisoformat(new_day).replace(tzinfo=UTC)
    limit(1)

    with time_machine.travel(midnight - timedelta(minutes=2), tick=False):
        before = deliver(person).state
        again = deliver(person).state
    WaitingDigest.objects.all().delete()
    with time_machine.travel(midnight + timedelta(minutes=2), tick=False):
        after = deliver(person).state

    assert (before, again, after) == ("sent", "waiting", "sent")


class TestDigest:
    def test_what_waited_comes_the_next_morning_in_one_mail(self, mailoutbox, limit, new_kind, alice):
        new_kind("note", link=lambda mail, context: f"http://localhost/notes/{mail.about['text']}/")
        with time_machine.travel(MONDAY, tick=False):
            for text in "abcde":
                deliver(alice, text=text)
            run_the_clock()
        assert len(mailoutbox) == 3
        with time_machine.travel(MONDAY.replace(hour=6) + timedelta(days=1), tick=False):
            run_the_clock()
        assert len(mailoutbox) == 3

        with time_machine.travel(MONDAY.replace(hour=7) + timedelta(days=1), tick=False):
            run_the_clock()
            run_the_clock()

        assert [message.subject for message in mailoutbox[3:]] == ["2 things waited for you"]
        assert digest_lines(mailoutbox[3]) == ["About d on two lines", "About e on two lines"]
        assert "http://localhost/notes/d/" in mailoutbox[3].body
        assert sorted(OutgoingMail.objects.values_list("state", flat=True)) == ["in digest"] * 2 + ["sent"] * 4

    def test_it_comes_at_seven_in_the_persons_zone(self, mailoutbox, limit, note):
        person = make.ambassador("Tomoko Tanaka", time_zone="Asia/Tokyo")
        limit(0)
        with time_machine.travel(datetime(2026, 11, 23, 14, tzinfo=UTC), tick=False):  # 23:00 in Tokyo
            deliver(person)

        assert WaitingDigest.objects.get().due_at == datetime(2026, 11, 23, 22, tzinfo=UTC)

    def test_it_counts_towards_the_limit_of_its_day(self, mailoutbox, limit, note, alice):
        limit(2)
        with time_machine.travel(MONDAY, tick=False):
            assert states(alice, number=3) == ["sent", "sent", "waiting"]
        with time_machine.travel(MONDAY.replace(hour=1) + timedelta(days=1), tick=False):
            early = states(alice, number=2)
        with time_machine.travel(MONDAY.replace(hour=8) + timedelta(days=1), tick=False):
            run_the_clock()
            late = states(alice, number=1)

        assert (early, late) == (["sent", "waiting"], ["waiting"])
        assert len(mailoutbox) == 2 + 2

    def test_what_is_no_longer_wanted_is_left_out(self, mailoutbox, limit, new_kind, alice):
        wanted = {"a", "b"}
        new_kind("note", still_wanted=lambda mail: mail.about["text"] in wanted)
        limit(0)
        with time_machine.travel(MONDAY, tick=False):
            deliver(alice, text="a")
            deliver(alice, text="b")
        wanted.remove("a")

        with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
            run_the_clock()

        assert [digest_lines(message) for message in mailoutbox] == [["About b on two lines"]]
        assert OutgoingMail.objects.get(about={"text": "a"}).state == "unwanted"

    def test_a_line_that_cannot_be_written_does_not_hold_up_the_others(self, mailoutbox, limit, new_kind, alice):
        gone = set()

        def context(mail):
            if mail.about["text"] in gone:
                raise LookupError
            return mail.about

        new_kind("note", context=context)
        limit(0)
        with time_machine.travel(MONDAY, tick=False):
            deliver(alice, text="a")
            deliver(alice, text="b")
        gone.add("a")

        with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
            run_the_clock()

        assert [digest_lines(message) for message in mailoutbox] == [["About b on two lines"]]

    def test_an_empty_one_is_not_sent(self, mailoutbox, limit, note, alice):
        limit(0)
        with time_machine.travel(MONDAY, tick=False):
            deliver(alice)
        MailPreference.objects.say("note", person=alice, address="", wanted=False)

        with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
            run_the_clock()

        assert mailoutbox == []
        assert OutgoingMail.objects.get(kind="waiting").state == "unwanted"

    def test_days_when_no_clock_ran_are_made_good_by_one_digest(self, mailoutbox, limit, note, alice):
        limit(0)
        for day in range(3):
            with time_machine.travel(MONDAY + timedelta(days=day), tick=False):
                deliver(alice)

        with time_machine.travel(MONDAY + timedelta(days=9), tick=False):
            run_the_clock()
            run_the_clock()

        assert [message.subject for message in mailoutbox] == ["3 things waited for you"]

    @pytest.mark.parametrize("rows", [1, 3])
    def test_a_digest_costs_the_same_queries_to_post_however_much_waits(self, limit, note, alice, rows, django_assert_num_queries):
        limit(0)
        with time_machine.travel(MONDAY, tick=False):
            states(alice, number=rows)

        with time_machine.travel(MONDAY + timedelta(days=1), tick=False), django_assert_num_queries(11):
            waiting.post_digests()

    @pytest.mark.parametrize(("rows", "cost"), [(1, 5), (3, 7)])
    def test_each_line_of_it_costs_what_it_tells_and_its_reader_is_read_once(self, limit, note, alice, rows, cost):
        limit(0)
        with time_machine.travel(MONDAY, tick=False):
            states(alice, number=rows)
        with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
            waiting.post_digests()
        digest = OutgoingMail.objects.select_related("person").get(kind="waiting")

        with CaptureQueriesContext(connection) as queries:
            assert (waiting.drop_unwanted(digest), len(waiting.lines_of(digest))) == (True, rows)

        assert len(queries) == cost


def in_threads(*jobs) -> None:
    """Run the jobs at once, each with a database connection of its own."""
    barrier = threading.Barrier(len(jobs))

    def run(job):
        try:
            barrier.wait(10)
            job()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_workers_with_four_mails_to_one_person_keep_the_limit(self, smtp, note, monkeypatch):
        monkeypatch.setattr(outbox, "tell_workers", lambda pks: None)
        counted = allowance._has_a_place

        def slowly(*args):
            answer = counted(*args)
            time.sleep(0.1)  # between counting and taking the place: whoever is not kept out counts the same
            return answer

        monkeypatch.setattr(allowance, "_has_a_place", slowly)
        Community.objects.create(pk=1, name="Riverside Circle", mails_a_day=3)
        alice = make.ambassador("Alice Amadi")
        for turn in range(2):
            OutgoingMail.objects.all().delete()
            smtp.taken.clear()
            pks = [outbox.post("note", alice, key=f"{turn}:{number}").pk for number in range(4)]
            WaitingDigest.objects.all().delete()

            in_threads(*[lambda pk=pk: outbox.deliver(pk) for pk in pks])

            assert sorted(OutgoingMail.objects.values_list("state", flat=True)) == ["sent", "sent", "sent", "waiting"]
            assert len(smtp.taken) == 3

    def test_two_workers_told_of_one_mail_send_it_once(self, smtp, note, monkeypatch):
        alice = make.ambassador("Alice Amadi")
        monkeypatch.setattr(outbox, "tell_workers", lambda pks: None)
        pks = [outbox.post("note", alice, key=str(number), text="").pk for number in range(3)]

        in_threads(*[lambda pk=pk: outbox.deliver(pk) for pk in pks for _ in range(3)])

        assert len(smtp.taken) == 3
        assert set(OutgoingMail.objects.values_list("state", "attempts")) == {("sent", 1)}

    def test_two_beats_post_one_digest(self, smtp, note, monkeypatch):
        Community.objects.create(pk=1, name="Riverside Circle", mails_a_day=0)
        alice = make.ambassador("Alice Amadi")
        monkeypatch.setattr(outbox, "tell_workers", lambda pks: None)
        outbox.deliver(outbox.post("note", alice, key="k").pk)
        WaitingDigest.objects.update(due_at=MONDAY - timedelta(days=30))

        in_threads(due.post_all, due.post_all, due.post_all)

        assert OutgoingMail.objects.filter(kind="waiting").count() == 1
        assert OutgoingMail.objects.get(kind="note").told_in == OutgoingMail.objects.get(kind="waiting")
