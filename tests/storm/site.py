"""The whole site as an operator runs it, each part a process of its own: PostgreSQL, Valkey, gunicorn, a Celery worker with beat."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg2
import redis
from celery import Celery

from community import embedded
from tests import migrated
from tests.storm.mailserver import MailServer

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60
IN_HAND = ("queued", "claimed", "handing over")


class Site:
    """Start it with `with site:`; nothing of it is left behind afterwards."""

    def __init__(self, root: Path, mail: MailServer) -> None:
        self.root, self.mail = root, mail
        self.port = embedded.free_port()
        self.url = f"http://localhost:{self.port}"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Site:
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def _start(self) -> None:
        self.start_postgres()
        migrated.fill(self.database_url)
        valkey = embedded.start_valkey(self.root, log=self.log("valkey"))
        self.redis_url, self.processes["valkey"] = valkey.url, valkey.process
        self._valkey_command = valkey.process.args
        self.environment = self._environment()
        self.celery = Celery("storm", broker=self.redis_url, set_as_current=False)
        self.run("tests.storm.prepare")
        self.start_worker()
        self.start_web()

    def stop(self) -> None:
        """End every process and all that it started, in reverse."""
        for name in reversed(list(self.processes)):
            self.kill(name)

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "community.settings",
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "EMAIL_URL": self.mail.url,
            "SECRET_KEY": secrets.token_urlsafe(60),
            "SITE_URL": self.url,
            "MAIL_DOMAIN": "mail.example.org",
            "VAR_DIR": str(self.root / "var"),
            "DEMO": "1",  # loopback, plain http, and staff without a second factor
        }

    # Processes

    def start_postgres(self) -> None:
        service = embedded.start_postgres(self.root, log=self.log("postgres"), durable=False)
        self.database_url, self.processes["postgres"] = service.url, service.process

    def start_valkey(self) -> None:
        """Start Valkey again where it was."""
        self._spawn("valkey", list(self._valkey_command))
        port = int(self.redis_url.rpartition(":")[2].partition("/")[0])
        until(lambda: _accepts(port), "Valkey answers")

    def start_web(self) -> None:
        options = ["--workers", "2", "--threads", "4", "--bind", f"127.0.0.1:{self.port}", "--no-control-socket", "community.wsgi"]
        self._python("web", "gunicorn", *options)
        until(lambda: self._answers("/healthz"), "the web answers", self.log("web"))

    def start_worker(self) -> None:
        self._log_begins = self.log("worker").stat().st_size if self.log("worker").exists() else 0
        options = ["--beat", "--schedule", str(self.root / "beat"), "--concurrency", "2", "--loglevel", "INFO"]
        self._python("worker", "celery", "--app", "community", "worker", *options, "--without-gossip", "--without-mingle")

    def kill(self, name: str) -> None:
        """SIGKILL to a process and to all that it started."""
        process = self.processes.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def freeze(self, name: str) -> None:
        """SIGSTOP: the process is there, its sockets accept, nothing answers."""
        os.killpg(self.processes[name].pid, signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        os.killpg(self.processes[name].pid, signal.SIGCONT)

    @contextlib.contextmanager
    def frozen(self, name: str) -> Iterator[None]:
        self.freeze(name)
        try:
            yield
        finally:
            self.thaw(name)

    def stop_postgres(self) -> None:
        """PostgreSQL's fast stop, which an upgrade does."""
        process = self.processes.pop("postgres")
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)

    def mend(self) -> None:
        """Start again whatever does not run."""
        starts = {"postgres": self.start_postgres, "valkey": self.start_valkey, "web": self.start_web, "worker": self.start_worker}
        for name, start in starts.items():
            if name not in self.processes or self.processes[name].poll() is not None:
                start()

    def run(self, module: str, *arguments: str) -> str:
        """Run one of our programs in the environment of the site, and return what it said."""
        command = [sys.executable, "-W", "ignore", "-m", module, *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def log(self, name: str) -> Path:
        return self.root / "log" / f"{name}.log"

    def empty_valkey(self) -> None:
        """FLUSHALL: what the cache remembered and what the broker held is gone."""
        with contextlib.closing(redis.Redis.from_url(self.redis_url)) as client:
            client.flushall()

    # Mail

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of a statement; a change is committed."""
        with contextlib.closing(psycopg2.connect(self.database_url)) as connection, connection, connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall() if cursor.description else []

    @contextlib.contextmanager
    def row_locked(self, pk: int) -> Iterator[RowLock]:
        """Hold the row of a mail, so that whoever wants to change it stands before the change."""
        with contextlib.closing(psycopg2.connect(self.database_url)) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM correspondence_outgoingmail WHERE id = %s FOR UPDATE", [pk])
            lock = RowLock(self)
            yield lock
            lock.end_what_waits()

    def state(self, pk: int) -> str:
        return str(self.rows("SELECT state FROM correspondence_outgoingmail WHERE id = %s", pk)[0][0])

    def newest_mail(self) -> int:
        return int(self.rows("SELECT coalesce(max(id), 0) FROM correspondence_outgoingmail")[0][0])

    def tried(self, since: int) -> int:
        """How many mails after row `since` have been tried and wait for their next try."""
        sql = "SELECT count(*) FROM correspondence_outgoingmail WHERE id > %s AND state = 'queued' AND attempts > 0"
        return int(self.rows(sql, since)[0][0])

    def answers(self, since: int) -> set[str]:
        """What the mail server said to the mails after row `since`."""
        return {answer for (answer,) in self.rows("SELECT answer FROM correspondence_outgoingmail WHERE id > %s", since)}

    def in_hand(self) -> int:
        """How many mails are still on their way."""
        return int(self.rows("SELECT count(*) FROM correspondence_outgoingmail WHERE state IN %s", IN_HAND)[0][0])

    def let_leases_lapse(self) -> None:
        """Do what minutes do: the lease of a worker that was killed has run out, the next try is due."""
        self.rows("UPDATE correspondence_outgoingmail SET lease_until = now() - interval '1 s' WHERE lease_until > now()")
        self.rows("UPDATE correspondence_outgoingmail SET due_at = now() WHERE state = 'queued' AND due_at > now()")

    def sweep(self) -> None:
        """Do what the clock does each minute."""
        self.celery.send_task("correspondence.tasks.sweep_outbox")

    def tell(self, pk: int) -> None:
        """Tell a worker of a mail once more, as a broker does whose word was not acknowledged."""
        self.celery.send_task("correspondence.tasks.deliver_mail", [pk])

    def sweep_until(self, happens: Callable[[], object], what: str) -> None:
        """Sweep until it has come about: after an outage the pages do not tell the workers for some seconds."""
        deadline = time.monotonic() + PATIENCE
        while not wait_for(happens, 2):
            assert time.monotonic() < deadline, f"waited in vain: {what}\n{self._who_hangs()}"
            self.sweep()

    def settle(self, patience: float = PATIENCE) -> None:
        """Let the hours pass that the outbox needs, until nothing is on its way any more."""
        deadline = time.monotonic() + patience
        while self.in_hand():
            assert time.monotonic() < deadline, self._who_hangs()
            self.let_leases_lapse()
            self.sweep()
            wait_for(lambda: not self.in_hand(), 2)
        until(self._is_idle, "the worker has done all it was told", self.log("worker"))

    def _is_idle(self) -> bool:
        """Whether nothing lies in the queue, and the worker has come to the end of everything it has taken from it."""
        with contextlib.closing(redis.Redis.from_url(self.redis_url)) as client:
            waiting = client.llen("celery")
        log = self.log("worker").read_bytes()[self._log_begins :]
        received = set(re.findall(rb"Task \S+\[([0-9a-f-]+)\] received", log))  # a task that is told of twice is received twice
        done = set(re.findall(rb"[Tt]ask:? \S+\[([0-9a-f-]+)\](?! received)", log))  # "Discarding revoked task" too
        return not waiting and b" ready." in log and received <= done

    def _who_hangs(self) -> str:
        hanging = self.rows("SELECT id, kind, state, attempts, answer FROM correspondence_outgoingmail WHERE state IN %s", IN_HAND)
        return f"still on their way: {hanging}\n{self.log('worker').read_text()[-3000:]}"

    def _spawn(self, name: str, command: list[str], death: signal.Signals = signal.SIGKILL, **options: Any) -> None:
        """Start it. When the tests are killed it gets `death`."""
        self.processes[name] = embedded.spawn(command, death, self.log(name), **options)

    def _python(self, name: str, *module: str) -> None:
        # SIGTERM, because a worker that is killed leaves its beat behind.
        command = [sys.executable, "-W", "ignore", "-m", *module]
        self._spawn(name, command, death=signal.SIGTERM, cwd=ROOT, env=self.environment)

    def _answers(self, path: str) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", path)
            return connection.getresponse().status == http.HTTPStatus.OK
        return False


class RowLock:
    """A row that somebody else cannot change."""

    WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE%%'"

    def __init__(self, site: Site) -> None:
        self.site = site
        self.stopped: list[int] = []

    def wait(self) -> None:
        """Wait until somebody stands before the row."""
        until(self._who_waits, "somebody wants to change the locked row")

    def end_what_waits(self) -> None:
        """A statement outlives its sender in the database, and would be done as soon as the row is free."""
        for pid in self.stopped:
            self.site.rows("SELECT pg_terminate_backend(%s)", pid)

    def _who_waits(self) -> list[int]:
        self.stopped = [pid for (pid,) in self.site.rows(self.WAITING)]
        return self.stopped


def until(happens: Callable[[], object], what: str, log: Path | None = None, patience: float = PATIENCE) -> None:
    """Wait for it, or fail with the end of the log."""
    assert wait_for(happens, patience), f"waited in vain: {what}\n{log.read_text()[-3000:] if log else ''}"


def wait_for(happens: Callable[[], object], patience: float) -> bool:
    deadline = time.monotonic() + patience
    while not happens():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.03)
    return True


def _accepts(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
