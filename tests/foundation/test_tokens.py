from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import serializers
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from foundation import secrecy, tokens
from foundation.models import HistoryEntry, Token
from tests.foundation.token_urls import DOOR

OTHER = tokens.Purpose("open another door")
pytestmark = pytest.mark.urls("tests.foundation.token_urls")


def url(token: Token) -> str:
    return f"/door/{tokens.text_of(token)}/"


def outcome(purpose: tokens.Purpose, text: str) -> type | None:
    try:
        tokens.find(purpose, text)
    except tokens.TokenRefused as refused:
        return type(refused)
    return None


@pytest.mark.row("R1")
def test_a_link_shows_ten_times_and_opens_once(client, alice):
    token = tokens.issue(DOOR, subject=alice.ambassador, address="Nina@people.example.org", by=alice)

    looks = [getattr(client, method)(url(token)) for method in ["get", "head"] * 5]
    token.refresh_from_db()
    assert ([look.status_code for look in looks], token.used_at) == ([200] * 10, None)

    assert client.post(url(token)).content == b"opened"
    assert client.post(url(token)).status_code == 410
    assert client.get(url(token)).status_code == 410


@pytest.mark.row("R1")
def test_a_link_bound_to_a_person_is_nobody_elses(client, alice, bob):
    token = tokens.issue(DOOR, subject=alice.ambassador, person=alice)

    anonymous = client.post(url(token)).status_code
    client.force_login(bob)
    as_bob = client.post(url(token)).status_code
    client.force_login(alice)

    assert (anonymous, as_bob, client.post(url(token)).status_code) == (410, 410, 200)


@pytest.mark.row("R1")
def test_a_dump_of_the_database_holds_no_token(alice):
    token = tokens.issue(DOOR, subject=alice.ambassador, person=alice)

    dump = serializers.serialize("json", Token.objects.all())

    assert tokens.text_of(token) not in dump
    assert not re.search(r"\b[a-z2-7]{32,45}\b", dump.replace(token.nonce, ""))
    assert outcome(DOOR, token.nonce) is tokens.TokenUnknown


@pytest.mark.row("R1")
def test_every_dead_link_gets_the_same_page_and_says_nothing(client, alice):
    used, expired, withdrawn = (tokens.issue(DOOR, address=f"{n}@people.example.org") for n in ["a", "b", "c"])
    tokens.redeem(used, by=None)
    Token.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    tokens.withdraw(withdrawn, by=alice)
    dead = [tokens.text_of(used), tokens.text_of(expired), tokens.text_of(withdrawn), "a" * 40, "no token"]

    pages = [client.get(f"/door/{text}/") for text in dead]

    bodies = {re.sub(r"csrfmiddlewaretoken.*", "", page.content.decode()) for page in pages}
    assert ({page.status_code for page in pages}, len(bodies)) == ({410}, 1)
    assert "This link no longer works" in bodies.pop()
    assert [outcome(DOOR, text) for text in dead] == [
        tokens.TokenUsed,
        tokens.TokenExpired,
        tokens.TokenWithdrawn,
        tokens.TokenUnknown,
        tokens.TokenUnknown,
    ]


@pytest.mark.row("R2")
def test_a_link_opens_its_purpose_only_and_makes_no_session(client, alice):
    token = tokens.issue(OTHER, subject=alice.ambassador)

    assert client.get(url(token)).status_code == 410
    assert client.get(url(tokens.issue(DOOR, subject=alice.ambassador))).status_code == 200
    assert (Session.objects.count(), client.cookies.keys()) == (0, set())


def test_a_purpose_asks_its_subject_at_every_look(alice):
    member = tokens.Purpose("while a member", alive=lambda token: token.subject.status == "active")
    text = tokens.text_of(tokens.issue(member, subject=alice.ambassador))
    before = outcome(member, text)

    type(alice.ambassador).objects.filter(pk=alice.ambassador.pk).update(status="alumni")

    assert (before, outcome(member, text)) == (None, tokens.TokenWithdrawn)


def test_issuing_again_withdraws_the_older_link_of_that_addressee_only(alice, bob):
    first = tokens.issue(DOOR, subject=alice.ambassador, address="nina@people.example.org")
    others = [
        tokens.issue(DOOR, subject=alice.ambassador, address="omar@people.example.org"),
        tokens.issue(DOOR, subject=bob.ambassador, address="nina@people.example.org"),
        tokens.issue(OTHER, subject=alice.ambassador, address="nina@people.example.org"),
    ]

    second = tokens.issue(DOOR, subject=alice.ambassador, address=" NINA@people.example.org")

    assert outcome(DOOR, tokens.text_of(first)) is tokens.TokenWithdrawn
    assert [other for other in [*others, second] if Token.objects.get(pk=other.pk).withdrawn_at] == []


def test_a_link_lives_as_long_as_its_purpose_says(db, time_machine):
    day = tokens.Purpose("for a day", lifetime=timedelta(days=1))
    time_machine.move_to("2026-03-01 12:00Z")
    text = tokens.text_of(tokens.issue(day))
    time_machine.move_to("2026-03-02 11:59Z")
    just_before = outcome(day, text)

    time_machine.move_to("2026-03-02 12:01Z")

    assert (just_before, outcome(day, text)) == (None, tokens.TokenExpired)


def test_withdrawing_all_leaves_other_subjects_alone(alice, bob):
    for address in ["a@people.example.org", "b@people.example.org"]:
        tokens.issue(DOOR, subject=alice.ambassador, address=address)
    kept = tokens.issue(DOOR, subject=bob.ambassador)

    assert tokens.withdraw_all(DOOR, alice.ambassador) == 2
    assert list(Token.objects.filter(withdrawn_at=None)) == [kept]


def test_using_a_link_is_written_into_the_history(alice):
    tokens.redeem(tokens.issue(DOOR, subject=alice.ambassador, person=alice), by=alice)

    entry = HistoryEntry.objects.get()
    assert (entry.actor, entry.about, entry.verb, entry.target) == (
        alice,
        alice,
        "used the open the test door link",
        alice.ambassador,
    )


def at_once(*acts):
    """Run the acts at the same moment, each on a connection of its own; return how each ended."""
    start, ends = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            act()
            ends.append("done")
        except tokens.TokenRefused as refused:
            ends.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


@pytest.mark.row("R29")
@pytest.mark.django_db(transaction=True)
def test_a_link_pressed_twice_at_once_opens_once():
    token = tokens.issue(DOOR, address="nina@people.example.org")
    copies = [tokens.find(DOOR, tokens.text_of(token)) for _ in range(4)]

    ends = at_once(*[lambda copy=copy: tokens.redeem(copy, by=None) for copy in copies])

    assert (ends, HistoryEntry.objects.count()) == (["TokenUsed"] * 3 + ["done"], 1)


@pytest.mark.row("R29")
@pytest.mark.django_db(transaction=True)
def test_issuing_twice_at_once_leaves_one_link_open():
    acts = [lambda: tokens.issue(DOOR, address="nina@people.example.org") for _ in range(4)]

    ends = at_once(*acts)

    assert (ends, Token.objects.count(), Token.objects.filter(withdrawn_at=None).count()) == (["done"] * 4, 4, 1)


def test_a_token_page_tells_no_other_site_and_is_not_kept(client, db):
    live = client.get(url(tokens.issue(DOOR)))
    dead = client.get("/door/nothing/")

    assert [page.headers["Referrer-Policy"] for page in (live, dead)] == ["no-referrer"] * 2
    assert ["no-store" in page.headers["Cache-Control"] for page in (live, dead)] == [True, True]


def test_a_token_fits_into_a_local_part_and_survives_a_shouting_mail_program():
    token = secrecy.address_token("reply", 2**63 - 1, "ab" * 16)

    assert len(f"reply+{token}") <= 64
    assert secrecy.row_of(token.upper()) == 2**63 - 1
    assert secrecy.fits(token.upper(), "reply", 2**63 - 1, "ab" * 16)


@pytest.mark.parametrize(("purpose", "row", "nonce"), [("bounce", 7, "ab" * 16), ("reply", 8, "ab" * 16), ("reply", 7, "ac" * 16)])
def test_a_token_fits_no_other_row_purpose_or_nonce(purpose, row, nonce):
    assert not secrecy.fits(secrecy.address_token("reply", 7, "ab" * 16), purpose, row, nonce)


def test_a_token_outlives_a_change_of_key_while_the_former_key_is_named(settings):
    token = secrecy.address_token("reply", 7, "ab" * 16)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another key that is quite as long as the one before it, or longer"

    refused = secrecy.fits(token, "reply", 7, "ab" * 16)
    settings.SECRET_KEY_FALLBACKS = [former]

    assert (refused, secrecy.fits(token, "reply", 7, "ab" * 16)) == (False, True)


@pytest.mark.parametrize("text", ["", "a", "a" * 32, "a" * 46, "7" * 45, "ä" * 40, "a" * 39 + "0", "../etc/passwd"])
def test_what_is_no_token_names_no_row(text):
    assert secrecy.row_of(text) is None


def test_a_code_is_the_same_each_time_and_forgives_how_it_is_typed():
    code = secrecy.derived_code("login", "ab" * 16)

    assert (len(code), code == secrecy.derived_code("login", "ab" * 16)) == (8, True)
    assert set(code) <= set(secrecy.UNAMBIGUOUS)
    assert secrecy.is_code(f" {code[:4].lower()}-{code[4:]} ", "login", "ab" * 16)
    assert not secrecy.is_code(code, "login", "ac" * 16)
    assert not secrecy.is_code(code, "recovery", "ab" * 16)


@pytest.mark.parametrize(("page", "form_token", "status"), [("door", True, 200), ("door", False, 403), ("another page", True, 403)])
def test_a_form_on_a_token_page_is_taken_from_a_browser_that_names_no_origin(db, page, form_token, status):
    browser, secret = Client(enforce_csrf_checks=True), get_random_string(32)
    browser.cookies[settings.CSRF_COOKIE_NAME] = secret
    address = url(tokens.issue(DOOR)) if page == "door" else reverse("account_login")

    answer = browser.post(address, {"csrfmiddlewaretoken": secret} if form_token else {}, HTTP_ORIGIN="null")

    assert answer.status_code == status
