"""The second factor: each code once, few guesses, none for staff without it."""

from __future__ import annotations

import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse

from correspondence.models import OutgoingMail
from foundation.models import HistoryEntry
from tests import make
from tests.ambassadors.signing_in import (
    CODE,
    CONFIRM,
    LOGIN,
    SECOND,
    app_for,
    by_password,
    is_signed_in,
    mailed_code,
    recovery_codes_for,
    say_again,
    shown_by_app,
)


@pytest.fixture
def strict(settings):
    """As in production: staff need a second factor."""
    settings.SECOND_FACTOR_FOR_STAFF = True


def test_password_alone_does_not_open_a_guarded_account(client, alice):
    secret = app_for(alice)

    assert by_password(client, alice)["Location"] == SECOND
    assert not is_signed_in(client)
    assert client.post(SECOND, {"code": shown_by_app(secret)})["Location"] == "/desk/"
    assert is_signed_in(client)


def test_mailed_code_alone_does_not_open_a_guarded_account(client, alice):
    app_for(alice)
    client.post(CODE, {"email": alice.email})

    assert client.post(CONFIRM, {"code": mailed_code("login_code")})["Location"] == SECOND
    assert not is_signed_in(client)


@pytest.mark.row("R12")
@pytest.mark.parametrize("cache_lost", [False, True])
def test_replayed_code_of_the_app_is_refused(client, alice, cache_lost):
    secret = app_for(alice)
    by_password(client, alice)
    code = shown_by_app(secret)
    client.post(SECOND, {"code": code})
    thief = type(client)()
    by_password(thief, alice)
    if cache_lost:
        cache.clear()

    page = thief.post(SECOND, {"code": code})

    assert page.status_code == 200
    assert "used before" in page.content.decode()
    assert not is_signed_in(thief)


@pytest.mark.row("R12")
def test_code_of_an_earlier_moment_is_refused_after_a_later_one(client, alice):
    secret = app_for(alice)
    earlier = shown_by_app(secret, -1)
    by_password(client, alice)
    client.post(SECOND, {"code": shown_by_app(secret)})
    thief = type(client)()
    by_password(thief, alice)

    thief.post(SECOND, {"code": earlier})

    assert not is_signed_in(thief)


def test_next_code_of_the_app_works_again(client, alice):
    secret = app_for(alice)
    by_password(client, alice)
    client.post(SECOND, {"code": shown_by_app(secret)})
    again = type(client)()
    by_password(again, alice)

    with time_machine.travel(time.time() + 30):
        again.post(SECOND, {"code": shown_by_app(secret)})

        assert is_signed_in(again)


@pytest.mark.row("R12")
def test_recovery_code_works_once(client, alice):
    app_for(alice)
    code, other, *_ = recovery_codes_for(alice)
    by_password(client, alice)
    client.post(SECOND, {"code": code})
    assert is_signed_in(client)
    thief = type(client)()
    by_password(thief, alice)

    assert thief.post(SECOND, {"code": code}).status_code == 200
    assert not is_signed_in(thief)
    thief.post(SECOND, {"code": other})
    assert is_signed_in(thief)


@pytest.mark.row("R11")
def test_ten_guesses_in_a_quarter_of_an_hour_even_without_a_cache(client, alice):
    secret = app_for(alice)
    for _ in range(10):
        cache.clear()
        by_password(client, alice)
        client.post(SECOND, {"code": "000000"})

    cache.clear()
    by_password(client, alice)
    page = client.post(SECOND, {"code": shown_by_app(secret)})
    assert "Too many attempts" in page.content.decode()
    assert not is_signed_in(client)

    with time_machine.travel(time.time() + 901):
        by_password(client, alice)
        client.post(SECOND, {"code": shown_by_app(secret)})
        assert is_signed_in(client)


def test_secrets_are_sealed_in_the_database(client, alice):
    by_password(client, alice)
    say_again(client)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": shown_by_app(secret)})

    app = Authenticator.objects.get(type="totp")
    codes = Authenticator.objects.get(type="recovery_codes")

    assert secret not in str(app.data)
    assert app.data["secret"].startswith("gAAAA")
    assert codes.data["seed"].startswith("gAAAA")


def test_old_secret_key_still_opens_what_it_sealed(client, alice, settings):
    secret = app_for(alice)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key that is long enough to pass for one in production, surely"
    by_password(client, alice)

    client.post(SECOND, {"code": shown_by_app(secret)})

    assert is_signed_in(client)


def test_setting_up_an_app_is_told_and_kept_in_history(client, alice, django_capture_on_commit_callbacks):
    by_password(client, alice)
    say_again(client)
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/2fa/totp/activate/", {"code": shown_by_app(secret)})

    told = OutgoingMail.objects.filter(kind="security_notice").values_list("address", "about__event")
    assert list(told) == [(alice.email, "totp_activated")]
    assert list(HistoryEntry.objects.filter(about=alice, verb="added a second factor").values_list("verb", "note")) == [
        ("added a second factor", "Recovery codes"),
        ("added a second factor", "TOTP Authenticator"),
    ]


@pytest.mark.row("R12")
@pytest.mark.parametrize(
    "url", ["/", "/desk/", "/settings/", "/admin/", "/ambassadors/", "/accounts/email/", "/accounts/sessions/"]
)
def test_staff_without_a_second_factor_reach_only_its_page(client, staff, strict, url):
    client.force_login(staff)

    assert client.get(url)["Location"] == "/accounts/2fa/"


@pytest.mark.row("R12")
def test_staff_change_nothing_before_they_have_a_second_factor(client, staff, strict):
    client.force_login(staff)

    response = client.post(
        "/accounts/password/change/", {"oldpassword": make.PASSWORD, "password1": "x" * 12, "password2": "x" * 12}
    )

    staff.refresh_from_db()
    assert response["Location"] == "/accounts/2fa/"
    assert staff.check_password(make.PASSWORD)


@pytest.mark.row("R12")
def test_staff_set_up_their_second_factor_and_go_on(client, staff, strict):
    by_password(client, staff)
    assert "One step before you go on" in client.get("/accounts/2fa/").content.decode()
    say_again(client)
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret

    client.post("/accounts/2fa/totp/activate/", {"code": shown_by_app(secret)})

    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200
    assert client.get("/admin/").status_code == 200
    assert "One step before you go on" not in client.get("/accounts/2fa/").content.decode()


def test_recovery_codes_alone_are_no_second_factor(client, staff, strict):
    recovery_codes_for(staff)
    client.force_login(staff)

    assert client.get("/desk/")["Location"] == "/accounts/2fa/"


def test_staff_without_a_second_factor_can_leave(client, staff, strict):
    client.force_login(staff)

    client.post(reverse("account_logout"))

    assert client.get("/settings/")["Location"].startswith(LOGIN)


def test_ambassadors_choose_for_themselves(client, alice, strict):
    client.force_login(alice)

    assert client.get("/desk/").status_code == 200
