"""Two of the support team at the same instant: the database lets one of them, and the other gets a sentence, no error page."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from ambassadors.accounts import recovery
from ambassadors.models import AddressRecovery, Ambassador, User
from tests import make
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "alice@new.example.org"


@pytest.fixture
def team(monkeypatch):
    """Two of staff who have just said who they are."""
    monkeypatch.setattr("ambassadors.accounts.confirmation.recently_confirmed", lambda request: True)
    return [make.person(name, is_staff=True) for name in ("Sam Staff", "Sol Second")]


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def both_post(team, url: str, data: dict) -> list:
    clients = [signed_in(person) for person in team]
    return at_once(*[lambda client=client: client.post(url, data, follow=True) for client in clients])


@pytest.mark.row("R29")
@pytest.mark.parametrize("attempt", range(3))
def test_two_recoveries_of_one_person_are_one_and_a_sentence(team, attempt):
    alice = make.ambassador("Alice Amadi")
    data = {"account": alice.email, "new_address": NEW, "reason": "She rang us."}

    answers = both_post(team, reverse("admin:ambassadors_addressrecovery_add"), data)

    assert [answer.status_code for answer in answers] == [200, 200]
    assert sorted("A recovery of this account is under way already." in answer.content.decode() for answer in answers) == [
        False,
        True,
    ]
    assert AddressRecovery.objects.count() == 1


@pytest.mark.row("R29")
@pytest.mark.parametrize("attempt", range(3))
def test_one_address_added_by_two_is_one_person_and_a_sentence(team, attempt):
    data = {"name": "Nina Nkosi", "email": "nina@people.example.org"}

    answers = both_post(team, reverse("admin:ambassadors_ambassador_add"), data)

    assert [answer.status_code for answer in answers] == [200, 200]
    assert sorted("here already" in (page := answer.content.decode()) or "already here" in page for answer in answers) == [
        False,
        True,
    ]
    assert (User.objects.filter(email="nina@people.example.org").count(), Ambassador.objects.count()) == (1, 1)


def test_the_second_of_two_proposals_is_refused_by_the_database_itself(team, monkeypatch):
    alice = make.ambassador("Alice Amadi")
    recovery.propose(alice, NEW, "She rang us.", by=team[0])

    with pytest.raises(ValidationError, match="under way already"):
        recovery._created(alice, "alice@other.example.org", "She rang us.", team[1])
