"""Signing in, through the doors that people use. Codes are read from the mail that the outbox would send."""

from __future__ import annotations

import datetime
import json
import socket
import time

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from ambassadors import workflow
from ambassadors.models import User
from correspondence import outbox
from correspondence.models import OutgoingMail
from foundation.models import HistoryEntry
from tests import make
from tests.ambassadors.signing_in import CODE, CONFIRM, LOGIN, RESET, by_password, is_signed_in, mailed_code, say_again


def test_password_lets_an_ambassador_in_whatever_the_capitals(client, alice):
    response = client.post(LOGIN, {"login": alice.email.upper(), "password": make.PASSWORD})

    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert is_signed_in(client)


def test_login_code_lets_an_ambassador_in_and_works_once(client, alice):
    assert client.post(CODE, {"email": alice.email})["Location"] == CONFIRM
    code = mailed_code("login_code")

    response = client.post(CONFIRM, {"code": f" {code[:4].lower()}-{code[4:]} "})

    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert is_signed_in(client)
    client.logout()
    assert client.post(CONFIRM, {"code": code})["Location"] == CODE
    assert not is_signed_in(client)


def test_login_code_comes_by_mail_through_the_outbox(client, alice, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(CODE, {"email": alice.email})
    code = mailed_code("login_code")

    assert [mail.to for mail in mailoutbox] == [[alice.email]]
    assert f"{code[:4]}-{code[4:]}" in mailoutbox[0].body
    assert mailoutbox[0].subject == f"{code[:4]}-{code[4:]} is your code to sign in"


def test_neither_outbox_nor_session_holds_the_code(client, alice):
    client.post(CODE, {"email": alice.email})
    client.post(RESET, {"email": alice.email})

    kept = json.dumps([*OutgoingMail.objects.values("key", "about", "nonce"), *(s.get_decoded() for s in Session.objects.all())])

    for kind in ("login_code", "password_reset_code"):
        code = mailed_code(kind)
        assert code.lower() not in kept.lower()
        assert f"{code[:4]}-{code[4:]}".lower() not in kept.lower()
    assert OutgoingMail.objects.count() == 2


def test_login_code_lapses_after_a_quarter_of_an_hour(client, alice, mailoutbox):
    client.post(CODE, {"email": alice.email})
    code, mail = mailed_code("login_code"), OutgoingMail.objects.get()

    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=15, seconds=2)):
        outbox.deliver(mail.pk)
        client.post(CONFIRM, {"code": code})

        assert not is_signed_in(client)
    mail.refresh_from_db()
    assert (mail.state, mailoutbox) == ("unwanted", [])


def test_login_code_takes_three_guesses(client, alice):
    client.post(CODE, {"email": alice.email})
    code = mailed_code("login_code")
    for _ in range(3):
        client.post(CONFIRM, {"code": "AAAA-AAAA"})

    client.post(CONFIRM, {"code": code})

    assert not is_signed_in(client)


def test_a_newer_login_code_replaces_the_older(client, alice):
    client.post(CODE, {"email": alice.email})
    older = mailed_code("login_code")
    client.post(CONFIRM, {"action": "resend"})
    newer = mailed_code("login_code")

    assert older != newer
    client.post(CONFIRM, {"code": older})
    assert not is_signed_in(client)
    client.post(CONFIRM, {"code": newer})
    assert is_signed_in(client)


def test_somebody_from_the_roster_signs_in_with_one_code_once_invited(client, staff):
    person = workflow.list_person("Rosa Roster", "rosa@people.example.org", by=staff).user
    workflow.invite_to_sign_in(person.ambassador, by=staff)
    client.post(CODE, {"email": "rosa@people.example.org"})

    response = client.post(CONFIRM, {"code": mailed_code("login_code")})

    assert response["Location"] == "/desk/"
    assert EmailAddress.objects.get(user=person).verified


@pytest.fixture
def frozen_cache(settings):
    """A cache whose server takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        location = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": location}}
        yield


def test_code_opens_the_account_within_three_seconds_while_the_cache_is_frozen(client, alice, frozen_cache):
    started = time.monotonic()
    client.post(CODE, {"email": alice.email})
    asked = time.monotonic()
    client.post(CONFIRM, {"code": mailed_code("login_code")})

    assert max(asked - started, time.monotonic() - asked) < 3
    assert is_signed_in(client)


def test_nobody_signs_up(client, db):
    page = client.get(reverse("account_signup"))
    posted = client.post(
        reverse("account_signup"),
        {"email": "new@people.example.org", "password1": "a good long one", "password2": "a good long one"},
    )

    assert "People join by nomination" in page.content.decode()
    assert "<form" not in page.content.decode().split("<main")[1].split("</main>")[0]
    assert posted.status_code == 200
    assert not User.objects.exists()


def test_alumni_come_in_to_their_settings(client, alumna):
    response = by_password(client, alumna)

    assert response["Location"] == "/settings/"
    assert is_signed_in(client)
    assert client.get("/desk/").status_code == 403


@pytest.mark.parametrize("status", ["listed", "removed"])
@pytest.mark.parametrize("is_active", [True, False])
def test_people_on_the_roster_and_removed_ones_stay_outside(client, db, status, is_active):
    person = make.ambassador("Rosa Roster", status=status, is_active=is_active)

    by_password(client, person)
    assert not is_signed_in(client)
    client.post(CODE, {"email": person.email})
    client.post(RESET, {"email": person.email})
    assert list(OutgoingMail.objects.values_list("person", "address").distinct()) == [(None, "")]


def test_unknown_address_gets_no_mail(client, db, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(CODE, {"email": "nobody@people.example.org"})
        client.post(RESET, {"email": "nobody@people.example.org"})

    assert mailoutbox == []
    assert set(OutgoingMail.objects.values_list("address", "state")) == {("", "unwanted")}


@pytest.mark.row("R13")
def test_password_is_replaced_with_a_mailed_code_and_all_sessions_end(client, alice):
    elsewhere = type(client)()
    by_password(elsewhere, alice)
    client.post(RESET, {"email": alice.email})
    client.post("/accounts/password/reset/confirm/", {"code": mailed_code("password_reset_code")})

    client.post("/accounts/password/reset/complete/", {"password1": "my brand new words", "password2": "my brand new words"})

    assert not is_signed_in(elsewhere)
    assert by_password(client, alice, "my brand new words")["Location"] == "/desk/"
    notice = OutgoingMail.objects.get(kind="security_notice")
    assert (notice.address, notice.about["event"]) == (alice.email, "password_reset")
    assert HistoryEntry.objects.filter(about=alice, verb="replaced the password with a mailed code").exists()


@pytest.mark.row("R13")
def test_address_is_added_by_code_and_made_the_main_one(client, alice):
    old, new = alice.email, "alice@home.example.org"
    by_password(client, alice)
    say_again(client)
    elsewhere = type(client)()
    by_password(elsewhere, alice)

    client.post("/accounts/email/", {"action_add": "1", "email": new})
    assert not EmailAddress.objects.filter(email=new).exists()
    client.post("/accounts/confirm-email/", {"code": mailed_code("address_code")})
    client.post("/accounts/email/", {"action_primary": "1", "email": new})

    alice.refresh_from_db()
    assert alice.email == new
    assert set(EmailAddress.objects.values_list("email", "verified", "primary")) == {(old, True, False), (new, True, True)}
    assert list(OutgoingMail.objects.filter(kind="security_notice").values_list("address", "about__event")) == [
        (old, "email_changed")
    ]
    assert (is_signed_in(client), is_signed_in(elsewhere)) == (True, False)
    assert by_password(type(client)(), alice)["Location"] == "/desk/"
    assert client.post(LOGIN, {"login": old, "password": make.PASSWORD})["Location"] == "/desk/"


def test_removed_address_opens_nothing_and_both_addresses_are_told(client, alice):
    EmailAddress.objects.create(user=alice, email="alice@home.example.org", verified=True)
    by_password(client, alice)
    say_again(client)

    client.post("/accounts/email/", {"action_remove": "1", "email": "alice@home.example.org"})

    assert list(EmailAddress.objects.values_list("email", flat=True)) == [alice.email]
    told = OutgoingMail.objects.filter(kind="security_notice").values_list("address", flat=True)
    assert set(told) == {alice.email, "alice@home.example.org"}


def test_main_address_cannot_be_removed(client, alice):
    by_password(client, alice)
    say_again(client)

    client.post("/accounts/email/", {"action_remove": "1", "email": alice.email})

    assert EmailAddress.objects.filter(email=alice.email).exists()


def test_adding_somebody_elses_address_looks_the_same_and_tells_its_owner(client, alice, bob):
    by_password(client, alice)
    say_again(client)

    taken = client.post("/accounts/email/", {"action_add": "1", "email": bob.email})
    free = client.post("/accounts/email/", {"action_add": "1", "email": "free@people.example.org"})

    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])
    assert list(OutgoingMail.objects.values_list("kind", "address").order_by("pk")) == [
        ("address_in_use", bob.email),
        ("address_code", "free@people.example.org"),
    ]


@pytest.mark.parametrize(
    ("method", "url", "data"),
    [
        ("post", "/accounts/email/", {"action_add": "1", "email": "new@people.example.org"}),
        ("get", "/accounts/2fa/totp/activate/", {}),
        ("get", "/accounts/2fa/webauthn/add/", {}),
        ("post", "/accounts/sessions/", {}),
    ],
)
@pytest.mark.row("R12")
def test_sensitive_acts_ask_who_one_is(client, alice, method, url, data):
    by_password(client, alice)

    asked = getattr(client, method)(url, data)
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    say_again(client)
    assert not getattr(client, method)(url, data).headers.get("Location", "").startswith("/accounts/reauthenticate/")


def test_account_without_a_password_says_who_it_is_by_mail(client, alice):
    alice.set_unusable_password()
    alice.save()
    client.post(CODE, {"email": alice.email})
    client.post(CONFIRM, {"code": mailed_code("login_code")})
    assert client.get("/accounts/password/set/").status_code == 200

    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16)):
        assert client.get("/accounts/password/set/")["Location"].startswith("/accounts/confirm/")
        client.post("/accounts/confirm/send/", {"next": "/accounts/password/set/"})
        assert client.post("/accounts/confirm/?next=/accounts/password/set/", {"code": "AAAAAAAA"}).status_code == 200
        back = client.post("/accounts/confirm/?next=/accounts/password/set/", {"code": mailed_code("identity_code")})

        assert back["Location"] == "/accounts/password/set/"
        assert client.get("/accounts/password/set/").status_code == 200


def test_identity_code_takes_three_guesses(client, alice):
    by_password(client, alice)
    client.post("/accounts/confirm/send/")
    code = mailed_code("identity_code")
    for _ in range(3):
        client.post("/accounts/confirm/", {"code": "AAAAAAAA"})

    assert client.post("/accounts/confirm/", {"code": code}).status_code == 200


def test_admin_has_the_same_door(client, alice, staff):
    assert client.get("/admin/", follow=True).redirect_chain[-1] == ("/accounts/login/?next=/admin/", 302)
    assert client.get("/admin/login/?next=/admin/")["Location"] == "/accounts/login/?next=/admin/"
    client.force_login(alice)
    assert client.get("/admin/login/").status_code == 403
    client.force_login(staff)
    assert client.get("/admin/login/")["Location"] == "/admin/"
    assert client.get("/admin/password_change/")["Location"] == "/accounts/password/change/"


def test_admin_login_takes_no_password(client, staff):
    client.post("/admin/login/", {"username": staff.email, "password": make.PASSWORD})

    assert not is_signed_in(client)


def test_admin_has_no_second_way_to_addresses_keys_and_sessions(client, db):
    client.force_login(make.person("Sue Sato", is_staff=True, is_superuser=True))

    page = client.get("/admin/").content.decode()

    assert "/admin/ambassadors/addressrecovery/" in page
    for table in ("account/emailaddress", "mfa/authenticator", "usersessions/usersession"):
        assert f"/admin/{table}/" not in page
        assert client.get(f"/admin/{table}/").status_code == 404
