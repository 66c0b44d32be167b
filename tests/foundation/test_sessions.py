"""Sessions are looked up by a query of our own: what that must not open stays closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from foundation.sessions import SessionStore


def is_let_in(client) -> bool:
    return client.get(reverse("community:desk")).status_code == 200


def test_a_session_opens_until_it_ends(client, alice):
    client.force_login(alice)
    assert is_let_in(client)

    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert not is_let_in(client)


@pytest.mark.parametrize("key", ["x" * 32, "short", "a'b;--", "é" * 32, ""])
def test_a_key_that_nobody_was_given_opens_nothing_and_becomes_nobodys(client, db, key):
    client.cookies[settings.SESSION_COOKIE_NAME] = key

    assert not is_let_in(client)
    client.post(reverse("account_login"), {"login": "a@b.example", "password": "wrong"})
    assert not Session.objects.filter(session_key=key).exists()


def test_data_that_was_changed_behind_our_back_opens_nothing(client, alice):
    client.force_login(alice)
    Session.objects.update(session_data="forged")

    assert not is_let_in(client)


def test_what_is_kept_under_a_chosen_key_gets_another(db):
    session = SessionStore("x" * 32)

    session["said"] = "something"
    session.save()

    assert len(session.session_key) == 32
    assert session.session_key != "x" * 32
