"""The switches in the settings."""

from __future__ import annotations

import pytest
from django.urls import reverse

from correspondence import outbox, preferences
from correspondence.models import MailPreference
from tests import make

pytestmark = pytest.mark.django_db
URL = "/settings/mail/"


@pytest.fixture
def signed_in(client, alice):
    client.force_login(alice)
    return client


def deliver(kind, person, key) -> str:
    mail = outbox.post(kind, person, key=key)
    outbox.deliver(mail.pk)
    mail.refresh_from_db()
    return mail.state


def test_the_page_has_a_switch_for_each_optional_kind(signed_in, note, code):
    response = signed_in.get(reverse("correspondence:preference-edit"))

    switches = [field.name for field in response.context["form"]]
    assert "note" in switches
    assert "code" not in switches
    assert response.content.decode().count('type="checkbox"') == len(switches)


def test_switching_off_and_on_again_reaches_the_mail(signed_in, mailoutbox, note, code, alice, bob):
    switches = [field.name for field in signed_in.get(URL).context["form"]]
    all_on = dict.fromkeys(switches, "on")

    signed_in.post(URL, {name: "on" for name in switches if name != "note"})

    assert list(MailPreference.objects.values_list("person", "kind", "wanted")) == [(alice.pk, "note", False)]
    assert [deliver("note", alice, "1"), deliver("note", bob, "2"), deliver("code", alice, "3")] == ["unwanted", "sent", "sent"]
    signed_in.post(URL, all_on)
    assert deliver("note", alice, "4") == "sent"


def test_saving_what_is_already_so_writes_nothing(signed_in, note):
    switches = dict.fromkeys((field.name for field in signed_in.get(URL).context["form"]), "on")

    signed_in.post(URL, switches)

    assert list(MailPreference.objects.all()) == []


@pytest.mark.parametrize("kinds", [1, 3])
def test_the_page_costs_the_same_however_many_kinds_there_are(signed_in, new_kind, alice, kinds, django_assert_num_queries):
    for number in range(kinds):
        new_kind(f"kind{number}")
        MailPreference.objects.say(f"kind{number}", person=alice, address="", wanted=False)
    signed_in.get(URL)  # what is cached, is

    with django_assert_num_queries(5):
        signed_in.get(URL)


def test_a_closed_account_gets_only_what_is_meant_for_it(mailoutbox, new_kind, note, code, alice):
    new_kind("waiting_too", optional=False, even_inactive=True)
    removed = make.ambassador("Rolf Roth", status="removed", is_active=False)

    states = [deliver(kind, removed, kind) for kind in ("note", "code", "waiting_too")]

    assert states == ["unwanted", "unwanted", "sent"]
    assert [message.to for message in mailoutbox] == [[removed.email]]


def test_the_switches_stand_in_groups_by_the_part_of_the_site_that_sends_them(signed_in):
    form = signed_in.get(URL).context["form"]

    groups = {name: [field.name for field in fields] for name, fields in form.groups()}

    assert next(iter(groups)) == "Discussions"
    assert groups["Correspondence"] == ["update", "waiting", "digest"]
    assert sorted(name for fields in groups.values() for name in fields) == sorted(kind.name for kind in preferences.offered())
