"""Sessions end when they should, at once: two live browsers look on."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from ambassadors import workflow
from foundation.models import HistoryEntry
from tests import make
from tests.ambassadors.signing_in import by_password, is_signed_in, say_again

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"


@pytest.fixture
def two(alice) -> tuple[Client, Client]:
    """Alice, signed in with two browsers."""
    here, there = Client(headers={"User-Agent": FIREFOX}), Client(headers={"User-Agent": PHONE})
    for client in (here, there):
        by_password(client, alice)
        assert is_signed_in(client)
    return here, there


def states(two) -> list[bool]:
    return [is_signed_in(client) for client in two]


@pytest.mark.row("R13")
def test_closing_an_account_ends_its_sessions_at_once(two, alice):
    alice.is_active = False
    alice.save()

    assert states(two) == [False, False]


@pytest.mark.row("R13")
def test_removing_somebody_ends_their_sessions_at_once(two, alice, staff):
    workflow.remove(alice.ambassador, by=staff, agreed=make.second(), reason="They sold the members' addresses.")

    assert states(two) == [False, False]


@pytest.mark.row("R13")
def test_changing_the_password_ends_the_other_sessions(two, alice):
    here, _there = two

    here.post(
        "/accounts/password/change/",
        {"oldpassword": make.PASSWORD, "password1": "quite another word", "password2": "quite another word"},
    )

    alice.refresh_from_db()
    assert alice.check_password("quite another word")
    assert states(two) == [True, False]


@pytest.mark.row("R13")
def test_signing_out_everywhere_ends_all_sessions(two, alice):
    two[0].post(reverse("accounts:session-end-everywhere"))

    assert states(two) == [False, False]
    assert HistoryEntry.objects.filter(about=alice).latest("pk").verb == "signed out everywhere"


@pytest.mark.row("R13")
def test_signing_out_everywhere_else_keeps_this_one(two):
    say_again(two[0])

    two[0].post(reverse("usersessions_list"))

    assert states(two) == [True, False]


@pytest.mark.row("R13")
def test_signing_one_device_out(two, alice):
    there = UserSession.objects.get(user_agent=PHONE)

    two[0].post(reverse("accounts:session-end", args=[there.pk]))

    assert states(two) == [True, False]


def test_list_names_browsers_as_people_do(two):
    page = two[0].get(reverse("usersessions_list")).content.decode()

    assert "Firefox on Linux" in page
    assert "Safari on iPhone" in page
    assert page.count("here, now") == 1


def test_using_the_site_is_not_tracked(two, alice):
    before = list(UserSession.objects.order_by("pk").values_list("last_seen_at", "ip"))

    two[0].get("/desk/")

    assert list(UserSession.objects.order_by("pk").values_list("last_seen_at", "ip")) == before
