"""Whoever asks learns nothing about who has an account: the same page, the same status, about the same time."""

from __future__ import annotations

import re
import statistics
import time

import pytest
from django.core.cache import cache
from django.test import Client

from ambassadors.accounts import backends
from tests import make
from tests.ambassadors.signing_in import CODE, CONFIRM, LOGIN, RESET, mailed_code

KNOWN, CLOSED, LISTED, UNKNOWN = (f"{who}@people.example.org" for who in ("known1", "closed", "listed", "nobody"))
EVERYBODY = (KNOWN, CLOSED, LISTED, UNKNOWN)


@pytest.fixture
def people(db):
    make.ambassador("Known", email=KNOWN)
    make.ambassador("Closed", email=CLOSED, is_active=False, status="removed")
    make.ambassador("Listed", email=LISTED, status="listed")


def without_secrets(text: str, address: str) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    return text.replace(address, "the address")


def answer(url: str, data: dict[str, str], address: str) -> tuple:
    """What a visitor sees: each status and address on the way, and the page at its end."""
    cache.clear()
    client = Client()
    response = client.post(url, data, follow=True)
    cookies = sorted(client.cookies)
    return response.redirect_chain, response.status_code, cookies, without_secrets(response.content.decode(), address)


@pytest.mark.row("R10")
@pytest.mark.parametrize(
    ("url", "data"),
    [
        (LOGIN, lambda address: {"login": address, "password": "not the right one"}),
        (CODE, lambda address: {"email": address}),
        (RESET, lambda address: {"email": address}),
    ],
    ids=["login", "code", "reset"],
)
def test_everybody_gets_the_same_answer(people, url, data):
    answers = [answer(url, data(address), address) for address in EVERYBODY]

    assert answers == [answers[0]] * len(EVERYBODY)
    assert answers[0][1] == 200


@pytest.mark.row("R10")
def test_closed_account_with_the_right_password_gets_the_answer_of_a_wrong_one(people):
    answers = [answer(LOGIN, {"login": address, "password": make.PASSWORD}, address) for address in (CLOSED, LISTED, UNKNOWN)]

    assert answers == [answers[0]] * 3


@pytest.mark.row("R10")
@pytest.mark.parametrize("url", [CODE, RESET])
def test_wrong_code_gets_the_same_answer_for_everybody(people, url):
    confirm = {CODE: CONFIRM, RESET: "/accounts/password/reset/confirm/"}[url]
    answers = []
    for address in EVERYBODY:
        cache.clear()
        client = Client()
        client.post(url, {"email": address})
        page = client.post(confirm, {"code": "AAAA-AAAA"})
        answers.append((page.status_code, without_secrets(page.content.decode(), address)))

    assert answers == [answers[0]] * len(EVERYBODY)


def test_code_for_a_known_address_is_worth_nothing_to_an_unknown_one(people, client):
    client.post(CODE, {"email": KNOWN})
    code = mailed_code("login_code")
    stranger = Client()
    stranger.post(CODE, {"email": UNKNOWN})

    assert stranger.post(CONFIRM, {"code": code}).status_code == 200
    assert client.post(CONFIRM, {"code": code}).status_code == 302


def durations(url: str, data, *, rounds: int) -> dict[str, float]:
    """Median milliseconds of computing by address: how long one waits on a busy machine says more of the machine than of us."""
    taken: dict[str, list[float]] = {address: [] for address in (KNOWN, CLOSED, UNKNOWN)}
    for _ in range(rounds):
        for address, times in taken.items():
            cache.clear()
            client = Client()
            started = time.thread_time()
            client.post(url, data(address))
            times.append((time.thread_time() - started) * 1000)
    return {address: statistics.median(times) for address, times in taken.items()}


@pytest.fixture
def slow_hash(settings):
    """Password hashes as slow as in production; the fast ones of the tests would hide a missing one."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]


@pytest.mark.row("R10")
def test_login_takes_as_long_for_everybody(slow_hash, people):
    medians = durations(LOGIN, lambda address: {"login": address, "password": "not the right one"}, rounds=5)

    assert max(medians.values()) < 1.5 * min(medians.values()), medians


def test_the_clock_would_notice_a_missing_hash(slow_hash, people, monkeypatch):
    """The test above can fail: without the hash for unknown addresses, it does."""
    monkeypatch.setattr(backends.AccountBackend, "_mitigate_timing_attack", lambda self, password: None)

    medians = durations(LOGIN, lambda address: {"login": address, "password": "not the right one"}, rounds=5)

    assert medians[KNOWN] > 1.5 * medians[UNKNOWN], medians


@pytest.mark.row("R10")
@pytest.mark.parametrize("url", [CODE, RESET])
def test_code_takes_as_long_for_everybody(people, url):
    durations(url, lambda address: {"email": address}, rounds=2)

    medians = durations(url, lambda address: {"email": address}, rounds=15)

    assert max(medians.values()) < 1.6 * min(medians.values()), medians
