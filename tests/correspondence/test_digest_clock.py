"""Digests by the clock: beat, worker and mail server are processes of their own on another day, and nothing of ours is called here.

Both days on which the clocks change are passed, a worker that was down for weeks sends one, and workers killed in the middle leave each
digest sent exactly once.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.utils import timezone
from redis import Redis

from ambassadors.models import Ambassador
from correspondence.digests.moments import next_moment
from correspondence.models import DigestChoice, OutgoingMail
from discussions.models import Post, ReadMark
from foundation.models import Community
from tests import make
from tests.correspondence.smtp import MailServer
from tests.correspondence.test_chaos import let_leases_run_out, start
from tests.discussions import making

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
PATIENCE = 60
BERLIN, AUCKLAND = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland")


@pytest.fixture(scope="module")
def mail_server():
    with MailServer() as server:
        yield server


@pytest.fixture
def server(mail_server):
    """The mail server of this module, as if it were new."""
    mail_server.taken.clear()
    mail_server.say.clear()
    return mail_server


@pytest.fixture(scope="module")
def zygote(django_db_setup, mail_server, tmp_path_factory):
    """The process that forks workers and beats."""
    errors = tmp_path_factory.mktemp("zygote") / "errors"
    with errors.open("a") as log:
        zygote = start(
            "-m", "tests.correspondence.chaos.moved", server=mail_server, settings="tests.correspondence.chaos.moved_settings",
            text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
        )  # fmt: skip
        assert zygote.stdout.readline() == "ready\n", errors.read_text()
        yield zygote
        zygote.stdin.close()
        zygote.wait(20)
        zygote.stdout.close()


@pytest.fixture(autouse=True)
def community(db):
    Community.objects.create(pk=1, name="Riverside Circle")
    Redis.from_url(settings.REDIS_URL).flushdb()  # what other tests left in the queue is not for our workers


@pytest.fixture
def site_at(zygote, server, tmp_path):
    """Return `site_at(moment, workers)`: workers and beat on a clock that shows `moment`; they are gone afterwards."""

    @contextlib.contextmanager
    def site_at(moment: datetime, *, workers: int = 1) -> Iterator[list[int]]:
        ahead = (moment - datetime.now(UTC)).total_seconds()
        beat = f"beat --schedule {tmp_path}/beat-{time.monotonic_ns()}"
        serving = [
            f"worker --pool solo --without-mingle --without-gossip --without-heartbeat --hostname w{number}@%h"
            for number in range(workers)
        ]
        pids = [_forked(zygote, f"{ahead} {tmp_path}/celery.log {command} --loglevel INFO") for command in (*serving, beat)]
        try:
            yield pids[:-1]
        finally:
            for pid in pids:
                kill(pid)

    return site_at


def _forked(zygote: subprocess.Popen, line: str) -> int:
    zygote.stdin.write(f"{line}\n")
    zygote.stdin.flush()
    return int(zygote.stdout.readline())


def kill(pid: int) -> None:
    """Kill a process of the zygote, and wait until it is gone."""
    with contextlib.suppress(ProcessLookupError):
        while True:
            os.kill(pid, signal.SIGKILL)
            time.sleep(0.01)


def until(true: Callable[[], object], tmp_path) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, (tmp_path / "celery.log").read_text()[-4000:]
        time.sleep(0.1)


def all_is_sent() -> bool:
    return not OutgoingMail.objects.filter(state__in=["queued", "claimed", "handing over"]).exists()


def digests(server: MailServer, address: str) -> list:
    """The digests that the server took for somebody; other mail that the clock brings is not of interest."""
    ours = [message for addresses, _sender, message in server.taken if addresses == [address]]
    return [message for message in ours if message["List-Id"] == "<digest.mail.example.org>"]


def subjects(server: MailServer, address: str) -> list[str]:
    return [message["Subject"] for message in digests(server, address)]


def choose(person, zone: ZoneInfo, after: datetime, **choice) -> DigestChoice:
    """The choice as its person made it before `after`; the moment is what the page computes then."""
    person.time_zone = zone.key
    person.save()
    made = DigestChoice(person=person, zone=zone.key, told_until=timezone.now() - timedelta(minutes=1), **choice)
    made.next_due_at = next_moment(made, zone, after=after)
    made.save()
    return made


@pytest.mark.row("D17")
def test_the_clock_brings_what_was_neither_read_nor_mailed_and_nothing_where_there_is_nothing(server, site_at, tmp_path):
    alice, bob, rita, nora = (make.ambassador(name) for name in ("Alice Amadi", "Bob Brandt", "Rita Reader", "Nora Nobody"))
    Ambassador.objects.update(joined_at=datetime(2020, 1, 1, tzinfo=UTC))  # nobody here is news
    space = making.micro(alice)
    for person in (bob, rita):
        making.join(space, person)
    now = timezone.now()
    for person in (rita, nora):
        choose(person, BERLIN, now, frequency="weekly", weekday=1, hour=8)
    DigestChoice.objects.filter(person=nora).update(told_until=now + timedelta(days=400))
    read, mailed, new = (making.thread(space, alice, subject=subject) for subject in ("Read here", "Mailed before", "Still new"))
    ReadMark.objects.mark(rita, read.pk, 1)
    post = Post.objects.get(thread=mailed)
    OutgoingMail.objects.create(kind="thread_post", person=rita, key="mailed", about={"post": post.pk}, state="sent")
    Post.objects.update(told_at=now)
    monday = DigestChoice.objects.get(person=rita).next_due_at

    with site_at(monday + timedelta(days=23)):
        until(lambda: subjects(server, rita.email), tmp_path)
        until(
            lambda: DigestChoice.objects.filter(person__in=[rita, nora], next_due_at__gt=monday + timedelta(days=23)).count() == 2,
            tmp_path,
        )
        until(all_is_sent, tmp_path)

    assert subjects(server, rita.email) == ["“Still new”"]
    assert subjects(server, nora.email) == []
    assert OutgoingMail.objects.get(kind="digest", person=nora).state == "unwanted"
    (message,) = digests(server, rita.email)
    body = message.get_body(("plain",)).get_content()
    assert ("Still new" in body, "Read here" in body, "Mailed before" in body) == (True, False, False)
    assert new.subject == "Still new"


@pytest.mark.row("R9")
@pytest.mark.parametrize(("zone", "eve"), [
    (BERLIN, datetime(2027, 3, 27, 12, tzinfo=UTC)),  # the clocks jump in the night
    (BERLIN, datetime(2027, 10, 30, 12, tzinfo=UTC)),  # they fall back
    (AUCKLAND, datetime(2027, 4, 3, 2, tzinfo=UTC)),
])  # fmt: skip
def test_on_the_days_when_the_clocks_change_it_comes_at_its_hour_and_not_before(server, site_at, tmp_path, zone, eve):
    rita, alice = make.ambassador("Rita Reader"), make.ambassador("Alice Amadi")
    due_at = datetime.combine(eve.astimezone(zone).date() + timedelta(days=1), datetime.min.time().replace(hour=8), zone)
    choice = choose(rita, zone, eve, frequency="daily", hour=8)
    thread = making.thread(making.topic(), alice)
    Post.objects.filter(thread=thread).update(posted_at=eve, told_at=eve)
    DigestChoice.objects.filter(pk=choice.pk).update(told_until=eve - timedelta(hours=1))

    with site_at(due_at - timedelta(minutes=1)):
        until(
            lambda: DigestChoice.objects.filter(person=alice, next_due_at__isnull=False).exists(), tmp_path
        )  # the clock has looked
        time.sleep(2)
        assert subjects(server, rita.email) == []
    with site_at(due_at):
        until(lambda: subjects(server, rita.email), tmp_path)

    assert subjects(server, rita.email) == ["“What worked this week”"]
    assert DigestChoice.objects.get(pk=choice.pk).next_due_at.astimezone(zone).replace(tzinfo=None) == (
        (due_at + timedelta(days=1)).replace(tzinfo=None)
    )


@pytest.mark.row("R8")
def test_workers_killed_in_the_middle_leave_each_digest_sent_exactly_once(server, site_at, tmp_path):
    alice = make.ambassador("Alice Amadi")
    people = make.members(20)
    making.thread(making.topic(), alice)
    now = timezone.now()
    Post.objects.update(told_at=now)
    DigestChoice.objects.bulk_create(
        DigestChoice(person=person, zone="UTC", next_due_at=now, told_until=now - timedelta(days=1)) for person in people
    )
    server.say["RCPT"] = 0.05  # each takes its time, so that a kill hits somewhere in between

    for number in (4, 10):
        with site_at(now + timedelta(hours=1), workers=2) as workers:
            until(lambda number=number: len(server.taken) >= number, tmp_path)
            for worker in workers:
                kill(worker)
        let_leases_run_out()
    with site_at(now + timedelta(hours=1), workers=2):
        until(lambda: all_is_sent() and OutgoingMail.objects.filter(kind="digest").count() == 20, tmp_path)

    states = Counter(OutgoingMail.objects.filter(kind="digest").values_list("state", flat=True))
    times = Counter({person.email: len(digests(server, person.email)) for person in people})
    sent = OutgoingMail.objects.filter(kind="digest", state="sent")
    print(f"states {dict(states)}, taken {len(server.taken)}")  # noqa: T201  the counts, for who runs it with -rP
    assert sum(states.values()) == 20
    assert states.keys() <= {"sent", "unknown"}
    assert {times[mail.person.email] for mail in sent.select_related("person")} == {1}
    assert max(times.values()) == 1
