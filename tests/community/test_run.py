"""`manage.py run` from outside: started, read, visited, stopped and killed as people and machines do it."""

from __future__ import annotations

import contextlib
import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from community import embedded
from tests.sources import ROOT

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="finds left-over processes through /proc"),
]
NOT_OURS = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "SITE_URL",
    "MAIL_DOMAIN",
    "EMAIL_URL",
    "PRIVATE_ROOT",
    "MEDIA_ROOT",
    "DEMO",
    "DJANGO_SETTINGS_MODULE",
    "PORT",
)
OUTSIDER = "daemon"  # a user who owns nothing
PARTS = {"manage.py run", "guard.py", "postgres", "valkey", "gunicorn", "celery"}


class Site:
    """One `manage.py run`. `said` is what it printed so far, `logins` the login lines by role."""

    def __init__(self, var: Path, port: int | str, checkout: Path = ROOT, python: str = sys.executable, **options) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        environment |= {"VAR_DIR": str(var), "PORT": str(port), "PYTHONDONTWRITEBYTECODE": "1", **options.pop("env", {})}
        self.var, self.port = var, port
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [python, "manage.py", "run"],
            cwd=checkout,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **options,
        )
        self.said: list[str] = []
        self.logins: dict[str, tuple[str, str]] = {}

    def read(self, until: str = "") -> Site:
        """Read until the last login line, or the line `until`, or until it ends."""
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))
            if found := re.fullmatch(r"login (\S+) (\S+) (\S+)\n", line):
                self.logins[found[1]] = (found[2], found[3])
            if len(self.logins) == 3 or self.said[-1] == until:
                break
        self.seconds = time.monotonic() - self.began
        return self

    @property
    def address(self) -> str:
        return next(line.removeprefix("ready ") for line in self.said if line.startswith("ready "))

    def stop(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        return self.end()

    def end(self) -> int:
        """Wait for its end, and return its exit code."""
        with self.process.stdout:
            self.said += self.process.stdout.read().splitlines()
        return self.process.wait(30)


def left(var: Path, *data: Path) -> dict[int, str]:
    """What runs for the checkout, by process: what carries its VAR_DIR, and the servers, which stand in their data."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it ended while we looked
            carried = f"VAR_DIR={var}".encode() in (process / "environ").read_bytes().split(b"\0")
            if carried or {var, *data} & set((process / "cwd").readlink().parents):
                found[int(process.name)] = (process / "cmdline").read_text().replace("\0", " ")
    return found


def wait_until_nothing_is_left(var: Path, *data: Path, patience: float = 15) -> list[str]:
    deadline = time.monotonic() + patience
    while (found := left(var, *data)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return list(found.values())


def sign_in(address: str, login: str, password: str) -> tuple[str, set[str]]:
    """Fill the site's own form, and return where that led, with the names of the cookies."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    form = browser.open(f"{address}/accounts/login/", timeout=20).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]
    data = urllib.parse.urlencode({"login": login, "password": password, "csrfmiddlewaretoken": token}).encode()
    try:
        place = browser.open(f"{address}/accounts/login/", data, timeout=20).url
    except urllib.error.HTTPError as refused:
        place = refused.url
    return urllib.parse.urlsplit(place).path, {cookie.name for cookie in jar}


@dataclass
class FirstStart:
    """A site that was started in an empty folder, visited by nobody, and stopped: where its files and its servers' data are."""

    site: Site
    data: Path
    folder_mode: int
    end: tuple[int, list[str]]


@pytest.fixture(scope="module")
def first_start() -> Iterator[FirstStart]:
    """The first start of a site, in a folder that nobody else can enter."""
    with tempfile.TemporaryDirectory(prefix="concentric-test-") as closed:
        Path(closed).chmod(0o700)
        var = Path(closed) / "a var"
        data = embedded.data_root(var)
        try:
            site = Site(var, embedded.free_port()).read()
            mode = Path(closed).stat().st_mode & 0o777
            end = site.stop(signal.SIGINT), wait_until_nothing_is_left(var, data)
            assert end == (0, []), site.said
            yield FirstStart(site, data, mode, end)
        finally:
            if data != var:
                shutil.rmtree(data)


@pytest.fixture(scope="module")
def filled(first_start) -> Iterator[Path]:
    """The folder of a site that was started once and stopped, in a place that others can enter."""
    with tempfile.TemporaryDirectory(prefix="concentric-test-") as folder:
        Path(folder).chmod(0o755)
        var = Path(folder) / "a var"
        for source in {first_start.site.var, first_start.data}:
            subprocess.run(["cp", "-aT", str(source), str(var)], check=True)
        yield var


@contextlib.contextmanager
def copy_of(filled: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="concentric-test-") as folder:
        Path(folder).chmod(0o755)
        copy = Path(folder) / "another var"
        subprocess.run(["cp", "-a", str(filled), str(copy)], check=True)
        yield copy
        assert wait_until_nothing_is_left(copy) == []


@pytest.fixture
def var(filled) -> Iterator[Path]:
    """A copy of that folder, for a test that kills what runs there."""
    with copy_of(filled) as copy:
        yield copy


@pytest.fixture(scope="module")
def running(filled) -> Iterator[Site]:
    """The second start of a site, while somebody else listens on the port it was to have."""
    with copy_of(filled) as copy, socket.create_server(("127.0.0.1", 0)) as somebody:
        site = Site(copy, somebody.getsockname()[1]).read()
        yield site
        assert site.stop(signal.SIGTERM) == 0
        assert wait_until_nothing_is_left(copy) == []


def test_everyone_on_the_login_list_can_sign_in(running):
    assert list(running.logins) == ["staff", "ambassador", "alumnus"]
    for address, password in running.logins.values():
        place, cookies = sign_in(running.address, address, password)
        assert ("sessionid" in cookies, place.startswith("/accounts/login")) == (True, False), address
    assert sign_in(running.address, running.logins["staff"][0], "a wrong password")[0] == "/accounts/login/"


def test_a_taken_port_is_named_and_the_next_one_used(running):
    port = urllib.parse.urlsplit(running.address).port

    assert port > running.port
    assert f"Port {running.port} is taken: using {port}." in running.said
    assert f"ready http://localhost:{port}" in running.said
    assert urllib.request.urlopen(f"{running.address}/readyz", timeout=20).read() == b"ready\n"


def test_a_checkout_runs_once(running):
    second = Site(running.var, embedded.free_port())

    assert second.end() == 1
    assert second.said == [f"This checkout is already running at {running.address} (process {running.process.pid})."]


def test_what_only_its_owner_may_read(running):
    modes = {name: (running.var / name).stat().st_mode & 0o777 for name in ("secrets.json", "services.json", "run.lock")}

    assert modes == {"secrets.json": 0o600, "services.json": 0o600, "run.lock": 0o600}


def test_other_commands_of_the_checkout_use_the_running_site(running):
    asked = f"email__in={[address for address, _ in running.logins.values()]}"
    count = f"from django.contrib.auth import get_user_model as of; print(of().objects.filter({asked}).count())"
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(running.var)}

    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", count],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.stdout, done.returncode) == ("3\n", 0), done.stderr


def test_a_killed_supervisor_leaves_nothing_and_the_next_start_recovers(var):
    killed = Site(var, embedded.free_port()).read()
    before = left(var)
    assert killed.stop(signal.SIGKILL) == -9

    again = Site(var, embedded.free_port()).read()

    try:
        assert {name for name in PARTS if any(name in command for command in before.values())} == PARTS
        assert list(again.logins) == ["staff", "ambassador", "alumnus"]
        assert set(before) & set(left(var)) == set()
    finally:
        assert again.stop(signal.SIGKILL) == -9
    assert wait_until_nothing_is_left(var) == []


def test_a_service_that_dies_stops_the_site_and_is_named(var):
    site = Site(var, embedded.free_port()).read()
    worker = min(pid for pid, command in left(var).items() if "celery" in command)

    os.kill(worker, signal.SIGKILL)

    assert site.end() == 1
    assert "worker ended with code -9. Its last words:" in site.said
    assert not [line for line in site.said if "Traceback" in line]
    assert wait_until_nothing_is_left(var) == []


@pytest.mark.parametrize(
    ("port", "sentence"),
    [
        ("nine", "PORT='nine': expected a number from 1 to 65535."),
        ("0", "PORT='0': expected a number from 1 to 65535."),
        ("70000", "PORT='70000': expected a number from 1 to 65535."),
    ],
)
def test_nonsense_for_a_port_is_refused(tmp_path, port, sentence):
    site = Site(tmp_path, port)

    assert (site.end(), site.said, left(tmp_path)) == (1, [sentence], {})


def python_for_others(shim: Path) -> tuple[str, dict[str, str]]:
    """This Python, or, where other users cannot enter its folder, the system's with our packages.

    Before Python 3.11.3 one of them wants `async_timeout`, which the lock names for those versions only.
    """
    (shim / "async_timeout.py").write_text("from asyncio import timeout\n")
    elsewhere = {"PYTHONPATH": f"{sysconfig.get_path('purelib')}:{shim}"}
    for python, packages in ((sys.executable, {}), ("/usr/bin/python3", elsewhere)):
        ask = [python, "-c", "import django, psycopg2, celery, redis.asyncio"]
        with contextlib.suppress(OSError):
            if subprocess.run(ask, env=packages, user=OUTSIDER, capture_output=True, check=False, cwd="/").returncode == 0:
                return python, packages
    pytest.skip("no Python here that other users can start")


@pytest.mark.skipif(os.geteuid() != 0, reason="starts as root, to become somebody else")
def test_an_ordinary_user_needs_nothing_but_the_checkout(filled):
    """They make servers, tables and files in an empty folder; stopped in the middle of the filling it leaves nothing; a filled one opens."""
    with tempfile.TemporaryDirectory(prefix="concentric-test-") as folder:
        Path(folder).chmod(0o755)
        python, packages = python_for_others(Path(folder))
        home = Path(folder) / "a home"
        checkout, full = home / "a checkout", home / "a full var"
        shutil.copytree(ROOT, checkout, ignore=shutil.ignore_patterns(".venv", ".git", "var", ".*cache"))
        subprocess.run(["cp", "-a", str(filled), str(full)], check=True)
        subprocess.run(["chown", "-R", OUTSIDER, str(home)], check=True)
        home.chmod(0o700)  # nobody else looks in, not even the user that PostgreSQL runs as under root
        # Another Python than ours has nothing compiled: what its first process compiles, the next ones find.
        compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(home / "compiled")}
        outsider = {"user": OUTSIDER, "group": OUTSIDER, "extra_groups": [], "env": packages | compiled}
        first = Site(checkout / "var", embedded.free_port(), checkout, python, **outsider).read(
            until="Filling the demo community …"
        )

        assert first.said[-1] == "Filling the demo community …", "\n".join(first.said)
        assert {path.owner() for path in (checkout / "var").rglob("*")} == {OUTSIDER}
        assert (first.stop(signal.SIGTERM), wait_until_nothing_is_left(checkout / "var")) == (0, [])

        site = Site(full, embedded.free_port(), checkout, python, **outsider).read()
        assert list(site.logins) == ["staff", "ambassador", "alumnus"], "\n".join(site.said)
        assert {path.owner() for path in full.rglob("*")} == {OUTSIDER}
        assert (site.stop(signal.SIGTERM), wait_until_nothing_is_left(full)) == (0, [])


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has servers of another user, who cannot enter")
def test_root_may_run_in_a_folder_that_nobody_else_can_enter(first_start):
    assert list(first_start.site.logins) == ["staff", "ambassador", "alumnus"], first_start.site.said
    assert (first_start.folder_mode, first_start.data.parent) == (0o700, Path("/var/lib/concentric"))
    assert first_start.end == (0, [])
