"""Stopping one kind of mail from the mail itself."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from correspondence import addresses, outbox, preferences, rendering
from correspondence.kinds import kinds
from correspondence.models import MailPreference, OutgoingMail

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def strict():
    """A mail program: no cookies, and the site's own protection against forged forms switched on."""
    return Client(enforce_csrf_checks=True)


def deliver(kind, person, key="k") -> str:
    mail = outbox.post(kind, person, key=key)
    outbox.deliver(mail.pk)
    mail.refresh_from_db()
    return mail.state


def link_in(message) -> str:
    found = re.fullmatch(r"<http://localhost(/unsubscribe/[a-z2-7]+/)>, <mailto:(.+)>", message["List-Unsubscribe"].strip())
    return found.group(1)


@pytest.mark.row("R7")
def test_one_click_stops_that_kind_and_nothing_else(strict, smtp, note, new_kind, code, alice):
    new_kind("waiting_too", context=lambda mail: {"text": ""})
    deliver("note", alice)
    assert smtp.messages[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    response = strict.post(link_in(smtp.messages[0]), ONE_CLICK)

    assert (response.status_code, response.headers.get("Location"), response.cookies.output()) == (200, None, "")
    assert list(MailPreference.objects.values_list("person", "kind", "wanted")) == [(alice.pk, "note", False)]
    assert deliver("note", alice, "second") == "unwanted"
    assert deliver("code", alice, "third") == "sent"


@pytest.mark.row("R7")
def test_opening_the_link_changes_nothing(strict, smtp, note, alice):
    deliver("note", alice)

    responses = [getattr(strict, method)(link_in(smtp.messages[0])) for method in ("get", "head", "get")]

    assert [response.status_code for response in responses] == [200, 200, 200]
    assert "This stops mail of the kind “Kind note” and nothing else." in responses[0].content.decode()
    assert responses[0].headers["Referrer-Policy"] == "no-referrer"
    assert list(MailPreference.objects.all()) == []
    assert deliver("note", alice, "second") == "sent"


def test_the_button_on_the_page_does_the_same_as_one_click(strict, smtp, note, alice):
    deliver("note", alice)

    response = strict.post(link_in(smtp.messages[0]))

    assert "Done: this mail stops" in response.content.decode()
    assert deliver("note", alice, "second") == "unwanted"


@pytest.mark.row("R7")
def test_one_click_stops_each_kind_there_is_and_no_other(strict, alice, bob, mailoutbox, django_capture_on_commit_callbacks):
    """Over every kind that any app registers: the GET changes nothing, the POST switches off that kind alone, codes still come."""
    optional = sorted(kind.name for kind in kinds if kind.optional)
    for name in optional:
        mail = OutgoingMail.objects.create(kind=name, key=f"one:{name}", person=alice, state="sent")
        headers = rendering.headers_for(mail, kinds[name])
        link = re.fullmatch(
            r"<http://localhost(/unsubscribe/[a-z2-7]+/)>, <mailto:unsubscribe\+[a-z2-7]+@.+>", headers["List-Unsubscribe"]
        )

        looked = strict.get(link.group(1))
        before = MailPreference.objects.count()
        pressed = strict.post(link.group(1), headers["List-Unsubscribe-Post"], content_type="application/x-www-form-urlencoded")

        assert (looked.status_code, before, pressed.status_code, pressed.headers.get("Location")) == (200, 0, 200, None), name
        assert strict.cookies.output() == "", name
        assert list(MailPreference.objects.values_list("person", "kind", "wanted")) == [(alice.pk, name, False)]
        MailPreference.objects.all().delete()
    for name in optional:
        preferences.choose(alice, name, wanted=False)

    with django_capture_on_commit_callbacks(execute=True):
        Client().post(reverse("account_request_login_code"), {"email": alice.email})

    assert len(optional) > 20
    assert [message.to for message in mailoutbox] == [[alice.email]]


def test_stopping_twice_is_stopping_once(strict, smtp, note, alice):
    deliver("note", alice)

    statuses = [strict.post(link_in(smtp.messages[0]), ONE_CLICK).status_code for _ in range(2)]

    assert statuses == [200, 200]
    assert MailPreference.objects.count() == 1


def test_somebody_without_an_account_stops_mail_for_their_address(strict, smtp, note):
    mail = outbox.post("note", None, key="k", address="New@people.example.org")
    outbox.deliver(mail.pk)

    strict.post(link_in(smtp.messages[0]), ONE_CLICK)

    again = outbox.post("note", None, key="k2", address="new@people.example.org")
    outbox.deliver(again.pk)
    again.refresh_from_db()
    assert again.state == "unwanted"
    assert outbox.post("note", None, key="k3", address="other@people.example.org").state == "queued"


def test_mail_that_must_come_has_no_such_link(strict, smtp, code, alice):
    deliver("code", alice)
    token = addresses.token_of(OutgoingMail.objects.get(), addresses.UNSUBSCRIBE)

    assert [smtp.messages[0][name] for name in ("List-Unsubscribe", "List-Unsubscribe-Post", "List-Id")] == [None, None, None]
    assert strict.post(reverse("correspondence:unsubscribe", args=[token]), ONE_CLICK).status_code == 410
    assert "stop" not in smtp.messages[0].as_string().lower()


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1] + ("a" if t[-1] != "a" else "b"), lambda t: "b" + t, lambda t: "x", lambda t: "~"]
)
def test_a_token_of_nobodys_opens_nothing(strict, smtp, note, alice, change):
    deliver("note", alice)
    token = addresses.token_of(OutgoingMail.objects.get(), addresses.UNSUBSCRIBE)

    assert strict.post(reverse("correspondence:unsubscribe", args=[change(token)]), ONE_CLICK).status_code == 410
    assert list(MailPreference.objects.all()) == []
