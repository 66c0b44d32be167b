"""Workers killed with SIGKILL between any two steps of a send. Afterwards each person has the mail exactly once, or its row says
"unknown"; nothing is lost. The workers are real processes with real connections to PostgreSQL and a mail server; `tests/storm` does the same to the whole running site."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from django.utils import timezone

from community.embedded import die_with_parent
from correspondence.models import OutgoingMail, WaitingDigest
from foundation.models import Community
from tests import make
from tests.correspondence.smtp import MailServer
from tests.sources import ROOT

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
SPARE = 1000  # steps a run may have at most; a run that needs more has lost its way


def environment(server: MailServer, settings: str) -> dict[str, str]:
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return {
        **os.environ,
        "DATABASE_URL": urlunsplit(database),
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
        "DJANGO_SETTINGS_MODULE": settings,
    }


def start(*command: str, server: MailServer, settings: str = "tests.correspondence.chaos.settings", **options) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", *command],
        cwd=ROOT,
        env=environment(server, settings),
        preexec_fn=die_with_parent(signal.SIGKILL),  # noqa: PLW1509  it makes one system call
        **options,
    )


@pytest.fixture
def server():
    with MailServer() as server:
        yield server


@pytest.fixture
def workers(server, tmp_path):
    """Return `run(command, crash_at)`, which has a fresh process do it and tells how that ended."""
    with (tmp_path / "errors").open("w+") as errors:
        zygote = start(
            "-m", "tests.correspondence.chaos.zygote", server=server, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
        )  # fmt: skip
        assert zygote.stdout.readline() == "ready\n", (tmp_path / "errors").read_text()

        def run(command: str, crash_at: int = 0) -> tuple[str, int]:
            zygote.stdin.write(f"{command} {crash_at}\n")
            zygote.stdin.flush()
            end, steps = zygote.stdout.readline().split()
            assert end != "failed", (tmp_path / "errors").read_text()
            return end, int(steps)

        yield run
        zygote.stdin.close()
        zygote.wait(20)
        zygote.stdout.close()


def let_leases_run_out() -> None:
    OutgoingMail.objects.filter(lease_until__isnull=False).update(lease_until=timezone.now() - timedelta(seconds=1))


def finish(run, command: str) -> None:
    """What happens after a crash: the lease runs out, the sweep comes by, another worker takes what is left."""
    let_leases_run_out()
    assert run(command)[0] == "ended"


def verdict(mail: OutgoingMail, server: MailServer) -> str:
    """How the mail ended, next to how often its recipient has it."""
    return f"{mail.state}, taken {server.recipients().count(mail.recipient)} times"


@pytest.mark.row("R8")
def test_a_worker_killed_between_any_two_steps_of_a_send(server, workers):
    people = [make.ambassador("Alice Amadi"), make.ambassador("Bob Brandt")]
    ends: Counter[str] = Counter()
    killed = 0
    for crash_at in range(1, SPARE):
        OutgoingMail.objects.all().delete()
        server.taken.clear()
        mails = [OutgoingMail.objects.create(kind="note", person=person, key=f"{crash_at}:{person.pk}") for person in people]

        end, _steps = workers("sweep_outbox", crash_at)
        finish(workers, "sweep_outbox")

        for mail in mails:
            mail.refresh_from_db()
            ends[verdict(mail, server)] += 1
        if end == "ended":
            break
        killed += 1

    print(f"{killed} kills: {dict(ends)}")  # noqa: T201  the counts, for who runs it with -rP
    assert killed > 30
    assert ends.keys() <= {"sent, taken 1 times", "unknown, taken 0 times", "unknown, taken 1 times"}
    assert ends["unknown, taken 1 times"] > 0
    assert ends["sent, taken 1 times"] > killed


@pytest.mark.row("R8")
def test_a_clock_killed_between_any_two_steps_of_a_digest(server, workers):
    Community.objects.create(pk=1, name="Riverside Circle", mails_a_day=3)
    alice = make.ambassador("Alice Amadi")
    ends: Counter[str] = Counter()
    killed = 0
    for crash_at in range(1, SPARE, 2):  # each second one: a clock has many steps by now
        OutgoingMail.objects.all().delete()
        server.taken.clear()
        an_hour_ago = timezone.now() - timedelta(hours=1)
        WaitingDigest.objects.update_or_create(person=alice, defaults={"due_at": an_hour_ago})
        for key in ("first", "second"):
            OutgoingMail.objects.create(kind="note", person=alice, key=key, state="waiting")

        end, _steps = workers("send_due", crash_at)
        finish(workers, "send_due")

        digest = OutgoingMail.objects.get(kind="waiting")
        bodies = [message.get_body(("plain",)).get_content() for message in server.messages]
        told = [sum(line in body for body in bodies) for line in ("About first", "About second")]
        assert set(OutgoingMail.objects.filter(kind="note").values_list("state", "told_in")) == {("in digest", digest.pk)}
        ends[f"{verdict(digest, server)}, lines {told}"] += 1
        if end == "ended":
            break
        killed += 1

    print(f"{killed} kills: {dict(ends)}")  # noqa: T201  the counts, for who runs it with -rP
    assert killed > 20
    assert ends.keys() <= {
        "sent, taken 1 times, lines [1, 1]", "unknown, taken 1 times, lines [1, 1]", "unknown, taken 0 times, lines [0, 0]"
    }  # fmt: skip
