"""Signing in with a real browser: passkeys by a virtual authenticator, an authenticator app, a code, with and without JavaScript."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from tests import make
from tests.accessibility import axe
from tests.ambassadors.signing_in import app_for, mailed_code, recovery_codes_for, shown_by_app
from tests.browser import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PRESS = "main button.button--primary"


def with_authenticator(page):
    """A virtual authenticator in the page's browser, as a phone has one behind its fingerprint."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def by_password(page, person):
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def confirm_password(page):
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def sign_out(page):
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()


@pytest.mark.row("R12")
def test_passkey_is_added_and_opens_the_account(open_page, alice):
    page = with_authenticator(open_page())
    by_password(page, alice)
    page.goto("/accounts/2fa/webauthn/add/")
    confirm_password(page)
    page.get_by_label("without a password").check()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/recovery-codes/")
    sign_out(page)

    page.goto("/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()

    page.wait_for_url("**/desk/")
    assert Authenticator.objects.get(type="webauthn").user == alice


@pytest.mark.row("R12")
def test_security_key_is_the_second_step(open_page, alice):
    page = with_authenticator(open_page())
    by_password(page, alice)
    page.goto("/accounts/2fa/webauthn/add/")
    confirm_password(page)
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/recovery-codes/")
    sign_out(page)

    by_password(page, alice)
    page.wait_for_url("**/2fa/authenticate/")
    page.get_by_role("button", name="Use a passkey or security key").click()

    page.wait_for_url("**/desk/")


def test_refused_passkey_says_what_to_do(open_page, alice):
    page = open_page()
    page.goto("/accounts/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')); }")

    page.get_by_role("button", name="Use a passkey").click()

    assert "You can try again" in page.get_by_role("alert").inner_text()


@pytest.mark.row("R12")
@pytest.mark.parametrize("java_script", [True, False])
def test_staff_set_up_an_app_on_a_phone(open_page, staff, settings, java_script):
    settings.SECOND_FACTOR_FOR_STAFF = True
    page = open_page(viewport=PHONE, java_script_enabled=java_script)
    by_password(page, staff)
    assert page.url.endswith("/accounts/2fa/")
    page.get_by_role("link", name="Set up an app").click()
    confirm_password(page)
    secret = page.locator(".account__secret").inner_text()
    page.get_by_label("Code").fill(shown_by_app(secret))
    page.get_by_role("button", name="Turn it on").click()

    expect(page.locator(".account__codes li")).to_have_count(10)
    page.goto("/desk/")
    assert page.url.endswith("/desk/")


@pytest.mark.parametrize("java_script", [True, False])
def test_code_opens_the_account_by_keyboard_alone(open_page, alice, java_script):
    page = open_page(java_script_enabled=java_script)
    page.goto("/accounts/login/code/")
    page.get_by_label("E-mail address").focus()
    page.keyboard.type(alice.email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/login/code/confirm/")
    page.get_by_label("Code").focus()
    page.keyboard.type(mailed_code("login_code"))
    page.keyboard.press("Enter")

    page.wait_for_url("**/desk/")


def test_pages_behind_a_step_have_no_barriers(open_page, alice):
    """The pages which the access table cannot reach: those between two steps, and those of an account with everything set up."""
    page = open_page(viewport=PHONE)
    page.goto("/accounts/login/code/")
    page.get_by_label("E-mail address").fill(alice.email)
    page.locator(PRESS).click()
    found = axe(page)
    page.get_by_label("Code").fill("AAAA-AAAA")
    page.locator(PRESS).click()
    found += axe(page)
    page.get_by_role("button", name="Cancel").click()
    by_password(page, alice)
    page.goto("/accounts/2fa/totp/activate/")
    found += axe(page)
    confirm_password(page)
    found += axe(page)
    app_for(alice)
    recovery_codes_for(alice)
    for path in ("", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/", "webauthn/", "webauthn/add/"):
        page.goto(f"/accounts/2fa/{path}")
        found += axe(page)
    sign_out(page)
    by_password(page, alice)
    found += axe(page)

    assert found == []
