"""`manage.py run`: the whole site with one command, and nothing left behind when it ends.

Runs before Django is set up, because Django's settings need the addresses of services which are not started yet.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from community.embedded import (
    NotInstalled,
    Service,
    data_root,
    die_with_parent,
    last_lines,
    spawn,
    start_postgres,
    start_valkey,
    wait_until,
)
from community.logins import checkout_secrets, demo_logins, write_private
from community.ports import listen, wished_port

BASE_DIR = Path(__file__).resolve().parent.parent
FLOORS = ("community", "practice", "products", "welcome", "discussions", "ambassadors", "correspondence", "foundation")


class Refused(Exception):
    """The site cannot run, or cannot go on; the message is for whoever started it."""


class Stopped(Exception):
    """Somebody asked the site to stop."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `manage.py run` understands."""
    parser.add_argument("--dev", action="store_true", help="show tracebacks in the browser, and reload when code changes")


def main(arguments: list[str]) -> int:
    """Run the site until it is told to stop, and return the exit code."""
    parser = argparse.ArgumentParser(prog="manage.py run", description="Start the whole site with a demo community.")
    add_arguments(parser)
    return run(dev=parser.parse_args(arguments).dev)


def run(*, dev: bool = False) -> int:
    """Start everything in order, watch it, and stop it in reverse."""
    _stop_when_asked()
    try:
        with contextlib.ExitStack() as stack:
            Supervisor(Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve(), dev=dev).run(stack)
    except Stopped:
        return 0
    except (Refused, NotInstalled, RuntimeError, ValueError, OSError) as error:
        _say(str(error))
        return 1
    return 0


class Supervisor:
    """One run of one checkout. What it starts is put on a stack, which stops it in reverse."""

    def __init__(self, var: Path, *, dev: bool) -> None:
        self.var, self.dev = var, dev
        self.logs = var / "log"
        self.services: list[Service] = []

    def run(self, stack: contextlib.ExitStack) -> None:
        """Start, say `ready`, and watch until something ends or somebody stops it."""
        self.var.mkdir(parents=True, exist_ok=True)
        lock = stack.enter_context(_only_one(self.var / "run.lock"))
        self.guard = stack.enter_context(_guard(lock))
        wished = wished_port()
        sockets = listen(wished)
        self.port = sockets[0].getsockname()[1]
        if self.port != wished:
            _say(f"Port {wished} is taken: using {self.port}.")
        self.address = f"http://localhost:{self.port}"
        _note_down(lock, self.address)
        self._set_environment()
        self._start_stores(stack)
        self._prepare()
        self._start_site(stack, sockets)
        _tell(f"ready {self.address}", *(f"login {login.role} {login.address} {login.password}" for login in demo_logins(self.var)))
        self._watch()

    def _set_environment(self) -> None:
        os.environ.update(DEMO="1", SITE_URL=self.address, VAR_DIR=str(self.var), DJANGO_SETTINGS_MODULE="community.settings")
        os.environ["DEBUG"] = "1" if self.dev else "0"
        os.environ["EMAIL_URL"] = f"maildir://{quote(str(self.var / 'mail'))}"
        os.environ.setdefault("SECRET_KEY", checkout_secrets(self.var)["SECRET_KEY"])

    def _start_stores(self, stack: contextlib.ExitStack) -> None:
        root = data_root(self.var)
        if not _is_set("DATABASE_URL"):
            _say("Starting PostgreSQL …")
            os.environ["DATABASE_URL"] = self._keep(stack, start_postgres(root, log=self.logs / "postgres.log")).url
        if not _is_set("REDIS_URL"):
            _say("Starting Valkey …")
            os.environ["REDIS_URL"] = self._keep(stack, start_valkey(root, log=self.logs / "valkey.log")).url
        told = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "EMAIL_URL", "SITE_URL", "DEMO")
        services = self.var / "services.json"
        stack.callback(services.unlink, missing_ok=True)
        write_private(services, {name: os.environ[name] for name in told if name in os.environ})

    def _prepare(self) -> None:
        _say("Preparing the database …")
        log = self.logs / "prepare.log"
        with log.open("wb") as output:
            done = subprocess.run(
                [sys.executable, "-W", "ignore", "-m", "community.preparing"],
                cwd=BASE_DIR,
                stdin=subprocess.DEVNULL,
                stdout=sys.stderr,
                stderr=output,
                preexec_fn=die_with_parent(signal.SIGKILL),
                check=False,
            )
        if done.returncode:
            raise Refused(f"The database could not be prepared:\n{last_lines(log, 3)}\nThe whole story: {log}")

    def _start_site(self, stack: contextlib.ExitStack, sockets: list[socket.socket]) -> None:
        _say("Starting the site …")
        web = self._keep(stack, self._start_web(sockets))
        self.worker = self._keep(stack, self._start_worker())
        wait_until(lambda: _is_ready(self.port), web, self.logs / "web.log")

    def _start_web(self, sockets: list[socket.socket]) -> Service:
        with contextlib.ExitStack() as ours:
            handed_over = [ours.enter_context(each).fileno() for each in sockets]
            if self.dev:
                ours.close()  # runserver opens the port itself
                command, handed_over = ["manage.py", "runserver", f"127.0.0.1:{self.port}"], []
            else:
                binds = [argument for number in handed_over for argument in ("--bind", f"fd://{number}")]
                command = ["-m", "gunicorn", "--workers", "2", "--no-control-socket", *binds, "community.wsgi"]
            return self._python("web", command, signal.SIGTERM, pass_fds=handed_over)

    def _start_worker(self) -> Service:
        schedule = str(self.var / "celerybeat-schedule")
        options = [
            "--beat",
            "--schedule",
            schedule,
            "--concurrency",
            "2",
            "--loglevel",
            "INFO",
            "--without-gossip",
            "--without-mingle",
        ]
        return self._python("worker", ["-m", "celery", "--app", "community", "worker", *options], signal.SIGTERM)

    def _python(self, name: str, command: list[str], stop_signal: signal.Signals, **options: Any) -> Service:
        program = [sys.executable, "-W", "ignore", *command]
        return Service(name, "", spawn(program, stop_signal, self.logs / f"{name}.log", cwd=BASE_DIR, **options), stop_signal)

    def _keep(self, stack: contextlib.ExitStack, service: Service) -> Service:
        self.services.append(service)
        self.guard.write(f"{service.process.pid} {int(service.stop_signal)}\n")
        self.guard.flush()
        stack.callback(lambda: service.stop(patience=10))
        return service

    def _watch(self) -> None:
        """Return never: end with Stopped, or with Refused when a service ended by itself."""
        changed = _newest_source() if self.dev else 0
        while True:
            time.sleep(0.3)
            for service in self.services:
                if service.process.poll() is not None:
                    log = self.logs / f"{service.name.lower().replace('sql', '')}.log"
                    raise Refused(
                        f"{service.name} ended with code {service.process.returncode}. Its last words:\n{last_lines(log)}"
                    )
            if self.dev and (latest := _newest_source()) > changed:
                changed = latest
                self._restart_worker()

    def _restart_worker(self) -> None:
        _say("Code changed: starting the worker anew.")
        self.worker.stop(patience=5)
        self.worker.process = self._start_worker().process
        self.guard.write(f"{self.worker.process.pid} {int(signal.SIGTERM)}\n")
        self.guard.flush()


@contextlib.contextmanager
def _only_one(path: Path) -> Iterator[IO[str]]:
    """Hold the lock of the checkout. The guard of a supervisor that was killed holds it until it has cleared up."""
    with path.open("a+", encoding="utf-8") as lock:
        path.chmod(0o600)
        deadline = time.monotonic() + 20
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                _refuse_or_wait(path, deadline)
            else:
                break
        yield lock


def _refuse_or_wait(path: Path, deadline: float) -> None:
    with contextlib.suppress(ValueError, OSError):
        running = json.loads(path.read_text(encoding="utf-8"))
        os.kill(running["pid"], 0)
        raise Refused(f"This checkout is already running at {running['address']} (process {running['pid']}).")
    if time.monotonic() > deadline:
        raise Refused("This checkout is already starting or stopping elsewhere: try again in a moment.")
    time.sleep(0.2)


def _note_down(lock: IO[str], address: str) -> None:
    lock.truncate(0)
    lock.write(json.dumps({"pid": os.getpid(), "address": address}))
    lock.flush()


@contextlib.contextmanager
def _guard(lock: IO[str]) -> Iterator[IO[str]]:
    """Start the guard (guard.py), which clears up when this process is killed. It ends with us when all is stopped."""
    process = subprocess.Popen(
        [sys.executable, "-I", str(BASE_DIR / "community" / "guard.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        pass_fds=[lock.fileno()],
    )
    try:
        if process.stdin is not None:
            yield process.stdin
    finally:
        process.communicate("done\n")


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _newest_source() -> float:
    return max(path.stat().st_mtime for floor in FLOORS for path in (BASE_DIR / floor).rglob("*.py"))


def _is_set(name: str) -> bool:
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def _stop_when_asked() -> None:
    def stop(number: int, frame: object) -> None:
        for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(asked, signal.SIG_IGN)  # once is enough: the stop is bounded
        raise Stopped

    for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(asked, stop)
    if "MAKELEVEL" in os.environ:
        die_with_parent(signal.SIGTERM)()  # a killed `make run` takes the site with it


def _say(sentence: str) -> None:
    """Tell a person how it goes, on stderr: stdout is for those who wait for `ready`."""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"{sentence}\n")
        sys.stderr.flush()


def _tell(*lines: str) -> None:
    with contextlib.suppress(OSError):
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        sys.stdout.flush()
