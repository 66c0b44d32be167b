"""What the tests about signing in share: the addresses, and how to read what was mailed."""

from __future__ import annotations

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.urls import reverse

from correspondence.models import OutgoingMail
from foundation.secrecy import derived_code
from tests import make

LOGIN, CODE, CONFIRM = "/accounts/login/", "/accounts/login/code/", "/accounts/login/code/confirm/"
RESET, SECOND = "/accounts/password/reset/", "/accounts/2fa/authenticate/"


def mailed_code(kind: str) -> str:
    """The code of the newest mail of this kind, as the worker would write it."""
    mail = OutgoingMail.objects.filter(kind=kind).exclude(address="").latest("pk")
    return derived_code(kind, mail.about["nonce"])


def is_signed_in(client) -> bool:
    return client.get(reverse("settings:home")).status_code == 200


def by_password(client, person, password=make.PASSWORD, **extra):
    return client.post(LOGIN, {"login": person.email, "password": password}, **extra)


def say_again(client, password=make.PASSWORD):
    """Confirm by password who one is."""
    assert client.post("/accounts/reauthenticate/", {"password": password}).status_code == 302


def app_for(person) -> str:
    """Set up an authenticator app for the person; return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def recovery_codes_for(person) -> list[str]:
    return RecoveryCodes.activate(person).get_unused_codes()


def shown_by_app(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def forget_guesses(person) -> None:
    for authenticator in Authenticator.objects.filter(user=person):
        authenticator.data.pop("guesses", None)
        authenticator.save()
