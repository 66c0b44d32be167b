"""Beginning: a code by mail opens an organisation, and says nothing about who has an account."""

from __future__ import annotations

import re
import time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ambassadors.models import User
from correspondence.models import OutgoingMail
from correspondence.rendering import message_for
from foundation import proof
from practice.models import LearningSession, PracticeAdministrator, PracticeOrganization, PracticeStart
from practice.starting import workflow
from tests import make
from tests.practice import practising

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(client):
    """Fill in the first page as a stranger."""
    key = practising.instrument().instrument.key

    def send(**said):
        least = {"organization": "Harbour Kitchen", "name": "Ada Berg", "address": "Ada@Harbour.example", "homepage": ""}
        return client.post(
            reverse("practice:practice-start", args=[key]), least | {"begun": proof.begin(at=time.time() - 60)} | said
        )

    return send


def code() -> str:
    body = message_for(OutgoingMail.objects.filter(kind="practice_code").latest("pk")).body
    return re.search(r"^\s*(\w{4}-\w{4})\s*$", body, re.MULTILINE)[1]


def type_in(client, said):
    return client.post(reverse("practice:practice-start-code"), {"code": said})


def test_a_stranger_begins_with_a_code_and_has_an_account_without_a_profile(client, begun):
    assert begun().headers["Location"] == reverse("practice:practice-start-code")
    assert (User.objects.count(), PracticeOrganization.objects.count()) == (0, 0)  # typing an address opens nothing
    assert "ada@harbour.example" in client.get(reverse("practice:practice-start-code")).text

    answer = type_in(client, code())

    held = LearningSession.objects.get()
    ada = User.objects.get()
    assert answer.headers["Location"] == reverse("practice:session-prepare", args=[held.pk])
    assert (ada.email, ada.name, ada.is_member, ada.has_usable_password()) == ("ada@harbour.example", "Ada Berg", False, False)
    assert (held.organization.name, held.number, held.status, PracticeStart.objects.count()) == ("Harbour Kitchen", 1, "draft", 0)
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.get("/desk/").status_code == 403


def test_a_wrong_code_opens_nothing_three_guesses_end_it_and_a_new_one_works(client, begun):
    begun()
    right = code()

    assert [type_in(client, "2222-2222").status_code for _guess in range(3)] == [422] * 3
    assert (type_in(client, right).status_code, PracticeOrganization.objects.count()) == (422, 0)
    client.post(reverse("practice:practice-start-again"))
    assert type_in(client, right).status_code == 422  # a newer one makes the older useless
    assert type_in(client, code()).status_code == 302


def test_a_code_is_good_once_and_in_the_browser_that_asked_for_it_alone(client, begun):
    begun()
    said = code()

    assert type_in(Client(), said).headers["Location"] == reverse("community:practice")
    assert type_in(client, said).status_code == 302
    client.logout()
    assert type_in(client, said).headers["Location"] == reverse("community:practice")
    assert PracticeOrganization.objects.count() == 1


def test_whoever_has_an_account_gets_the_same_pages_and_no_second_account(client, begun, alice):
    unknown, known = begun(), begun(address=alice.email)

    assert unknown.headers["Location"] == known.headers["Location"]
    type_in(client, code())
    assert list(PracticeAdministrator.objects.values_list("person", flat=True)) == [alice.pk]
    assert User.objects.count() == 1


def test_whoever_is_signed_in_needs_no_code(client, alice):
    key = practising.instrument().instrument.key
    client.force_login(alice)

    answer = client.post(reverse("practice:practice-start", args=[key]), {"organization": "Harbour Kitchen"})

    assert answer.headers["Location"] == reverse("practice:session-prepare", args=[LearningSession.objects.get().pk])
    assert not OutgoingMail.objects.filter(kind="practice_code").exists()


def test_an_account_that_was_closed_opens_nothing(client, begun):
    make.ambassador("Rolf Roth", status="removed", is_active=False, email="ada@harbour.example")
    begun()

    page = type_in(client, code())

    assert (page.status_code, PracticeOrganization.objects.count()) == (422, 0)
    assert "looked at together with you" in page.text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"address": "ada"}, "valid email address"),
        ({"organization": " "}, "This field is required"),
        ({"homepage": "http://buy.example"}, "A field that only robots see"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_no_mail_goes_out(begun, said, words):
    page = begun(**said)

    assert (page.status_code, words in page.text) == (422, True)
    assert "Ada Berg" in page.text
    assert not OutgoingMail.objects.exists()


def test_an_address_gets_five_codes_a_day(begun, monkeypatch):
    monkeypatch.setattr("practice.starting.views.RATE", "100/m/ip")
    answers = [begun() for _try in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [422]
    assert "Many codes were asked for lately" in answers[-1].text
    assert OutgoingMail.objects.filter(kind="practice_code").count() == 5


def test_what_was_typed_and_not_confirmed_is_forgotten_after_a_day(begun, time_machine):
    time_machine.move_to(timezone.now())
    begun(begun=proof.begin(at=time.time() - 60))
    assert workflow.purge() == 0

    time_machine.shift(workflow.KEPT.total_seconds() + 60)

    assert (workflow.purge(), PracticeStart.objects.count()) == (1, 0)
