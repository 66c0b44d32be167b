"""How often is too often: per account, per visitor, for the whole site, across processes."""

from __future__ import annotations

import http.cookiejar
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from urllib.parse import quote

import pytest
from django.conf import settings as live_settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client

from ambassadors.accounts.checks import proxies_are_counted
from community.embedded import free_port
from correspondence.models import OutgoingMail
from tests import make
from tests.ambassadors.signing_in import CODE, LOGIN, RESET, by_password, is_signed_in, say_again


def ask_minutes(response) -> tuple[int, str]:
    said = re.search(r"Please try again in (a minute|\d+ minutes)", response.content.decode())
    return response.status_code, said.group(1) if said else ""


@pytest.mark.row("R11")
def test_sixth_wrong_password_in_five_minutes_waits_and_so_does_the_right_one(client, alice):
    for _ in range(5):
        assert by_password(client, alice, "not the right one").status_code == 200

    response = by_password(client, alice)

    assert ask_minutes(response) == (429, "5 minutes")
    assert 290 <= int(response["Retry-After"]) <= 301
    assert not is_signed_in(client)


@pytest.mark.row("R11")
def test_limit_is_the_same_for_an_account_that_is_none(client, db):
    answers = [client.post(LOGIN, {"login": "nobody@people.example.org", "password": "x"}).status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]


@pytest.mark.row("R11")
def test_one_visitor_tries_ten_accounts_a_minute(client, db):
    answers = [client.post(LOGIN, {"login": f"somebody{n}@people.example.org", "password": "x"}).status_code for n in range(11)]

    assert answers == [200] * 10 + [429]


@pytest.mark.row("R11")
@pytest.mark.parametrize("url", [CODE, RESET])
def test_fourth_code_in_a_minute_waits(alice, url):
    answers = [Client().post(url, {"email": alice.email}) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert ask_minutes(answers[-1]) == (429, "a minute")
    assert OutgoingMail.objects.count() == 3


@pytest.mark.row("R11")
def test_the_whole_site_has_a_limit_too(db, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "codes_everywhere": "2/m/key", "failures_everywhere": "2/m/key"}

    codes = [Client().post(CODE, {"email": f"somebody{n}@people.example.org"}).status_code for n in range(3)]
    logins = [Client().post(LOGIN, {"login": f"somebody{n}@people.example.org", "password": "x"}).status_code for n in range(3)]

    assert codes == [302, 302, 429]
    assert logins == [200, 200, 429]


def test_those_who_know_their_password_do_not_use_up_the_limit(alice, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "failures_everywhere": "2/m/key"}

    assert [by_password(Client(), alice).status_code for _ in range(6)] == [302] * 6


@pytest.mark.row("R11")
@pytest.mark.parametrize(("proxies", "last_status"), [(0, 429), (1, 200)])
def test_forwarded_address_counts_only_behind_a_proxy_of_ours(client, db, settings, proxies, last_status):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    answers = [
        client.post(LOGIN, {"login": f"some{n}@people.example.org", "password": "x"}, headers={"X-Forwarded-For": f"203.0.113.{n}"})
        for n in range(11)
    ]

    assert [answer.status_code for answer in answers] == [200] * 10 + [last_status]


@pytest.mark.row("R11")
def test_behind_one_proxy_only_what_it_added_counts(client, db, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    answers = [
        client.post(
            LOGIN,
            {"login": f"some{n}@people.example.org", "password": "x"},
            headers={"X-Forwarded-For": f"198.51.100.{n}, 203.0.113.7"},
        ).status_code
        for n in range(11)
    ]

    assert answers == [200] * 10 + [429]


@pytest.mark.row("R11")
def test_start_refuses_without_a_word_on_proxies(monkeypatch):
    monkeypatch.delenv("TRUSTED_PROXY_COUNT", raising=False)

    with pytest.raises(SystemCheckError, match=r"accounts\.E001"):
        call_command("check", deploy=True, tags=["security"])

    monkeypatch.setenv("TRUSTED_PROXY_COUNT", "0")
    assert proxies_are_counted() == []


def test_identity_codes_are_limited_as_well(client, alice):
    by_password(client, alice)

    answers = [client.post("/accounts/confirm/send/").status_code for _ in range(4)]

    assert answers == [302, 302, 302, 429]


def test_wrong_passwords_when_asked_again_are_limited(client, alice):
    by_password(client, alice)
    for _ in range(5):
        assert client.post("/accounts/reauthenticate/", {"password": "wrong"}).status_code == 200

    assert client.post("/accounts/reauthenticate/", {"password": make.PASSWORD}).status_code == 429
    cache.clear()
    say_again(client)


class Browser:
    """A visitor of one process over real HTTP."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def get(self, path: str) -> str:
        with self.opener.open(self.base + path, timeout=20) as response:
            return response.read().decode()

    def post(self, path: str, data: dict[str, str], **headers: str) -> int:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path)).group(1)
        body = urllib.parse.urlencode({**data, "csrfmiddlewaretoken": token}).encode()
        request = urllib.request.Request(self.base + path, body, {"Referer": self.base + path, **headers})
        try:
            with self.opener.open(request, timeout=20) as response:
                return response.status
        except urllib.error.HTTPError as error:
            return error.code


@pytest.fixture
def two_processes(transactional_db):
    """Two web servers of their own, on the database and the cache of the test."""
    database = live_settings.DATABASES["default"]
    url = f"postgres://{database['USER']}:{database['PASSWORD']}@{quote(database['HOST'], safe='')}"
    url += f":{database['PORT']}/{database['NAME']}" if database["PORT"] else f"/{database['NAME']}"
    env = {**os.environ, "DATABASE_URL": url, "REDIS_URL": live_settings.REDIS_URL, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    ports = [free_port(), free_port()]
    command = [sys.executable, "-W", "ignore", "-m", "gunicorn", "community.wsgi", "--log-level", "error", "--bind"]
    servers = [subprocess.Popen([*command, f"127.0.0.1:{port}"], env=env) for port in ports]
    try:
        yield [Browser(wait_for(port)) for port in ports]
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait(20)


def wait_for(port: int) -> int:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            Browser(port).get("/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return port
    raise TimeoutError(port)


@pytest.mark.services
@pytest.mark.row("R11")
def test_limits_hold_across_processes(two_processes, alice):
    one, other = two_processes
    wrong = {"login": alice.email, "password": "not the right one"}

    answers = [browser.post(LOGIN, wrong) for browser in (one, other, one, other, one)]

    assert answers == [200] * 5
    assert other.post(LOGIN, {"login": alice.email, "password": make.PASSWORD}) == 429
    assert one.post(LOGIN, {"login": alice.email, "password": make.PASSWORD}) == 429


@pytest.mark.services
@pytest.mark.row("R11")
def test_forged_forwarding_header_gets_nobody_round_the_limit_in_two_processes(two_processes):
    one, other = two_processes

    answers = [
        (one, other)[n % 2].post(
            LOGIN, {"login": f"some{n}@people.example.org", "password": "x"}, **{"X-Forwarded-For": f"203.0.113.{n}"}
        )
        for n in range(11)
    ]

    assert answers == [200] * 10 + [429]
