"""Signing in, through the doors that people use. Codes are read from the mail that the outbox would send."""

from __future__ import annotations

import pytest
from django.urls import reverse

from correspondence.models import OutgoingMail
from foundation.secrecy import derived_code
from tests import make

LOGIN, CODE, CONFIRM = "/accounts/login/", "/accounts/login/code/", "/accounts/login/code/confirm/"


@pytest.fixture(autouse=True)
def empty_cache():
    from django.core.cache import cache

    cache.clear()


def mailed_code(kind: str) -> str:
    mail = OutgoingMail.objects.filter(kind=kind).exclude(address="").latest("pk")
    return derived_code(kind, mail.about["nonce"])


def is_signed_in(client) -> bool:
    return client.get(reverse("settings:home")).status_code == 200


@pytest.mark.row("R12")
def test_password_lets_an_ambassador_in(client, alice):
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
