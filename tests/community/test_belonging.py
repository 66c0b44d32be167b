"""Saying publicly that one belongs, and taking it back."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from PIL import Image

from ambassadors.models import Ambassador
from foundation.models import HistoryEntry
from tests import make

pytestmark = pytest.mark.django_db


def at(name: str, person=None) -> str:
    return reverse(f"community:belonging-{name}", args=[person.ambassador.slug] if person else [])


def shown_to_visitors(client, person) -> dict[str, bool]:
    """What a visitor finds of them."""
    client.logout()
    profile = reverse("ambassadors:ambassador-detail", args=[person.ambassador.slug])
    return {
        "verified": client.get(at("verified", person)).status_code == 200,
        "badge": client.get(at("badge", person)).status_code == 200,
        "profile": client.get(profile).status_code == 200,
        "list": str(person) in client.get(reverse("ambassadors:ambassador-list")).content.decode(),
    }


@pytest.mark.row("A10")
def test_whoever_shows_themselves_is_proved_and_nothing_is_once_they_take_it_back(client):
    person = make.ambassador("Maya Okafor", listed_for="members")
    assert set(shown_to_visitors(client, person).values()) == {False}

    client.force_login(person)
    page = client.post(at("show"), follow=True).content.decode()
    assert at("verified", person) in page
    assert at("badge", person) in page
    assert set(shown_to_visitors(client, person).values()) == {True}

    client.force_login(person)
    client.post(at("hide"))
    assert set(shown_to_visitors(client, person).values()) == {False}
    told = HistoryEntry.objects.filter(about=person, verb="changed their profile").order_by("pk").values_list("note", flat=True)
    assert list(told) == ["listed_for: members to public", "listed_for: public to members"]


@pytest.mark.parametrize("name", ["Maya Okafor", "Ngo Thi Minh Chau von und zu Wolfeschlegelsteinhausen the Younger", "Maya 小川"])
def test_the_picture_is_drawn_for_every_name(client, name):
    person = make.ambassador(name, listed_for="public")
    image = Image.open(io.BytesIO(client.get(at("badge", person)).content))

    assert (image.format, image.size) == ("PNG", (720, 200))


def test_whoever_left_is_not_said_to_belong_even_where_their_profile_stays_public(client):
    person = make.ambassador("Lev Left", listed_for="public")
    Ambassador.objects.filter(user=person).update(alumni_listed_for="public")
    assert client.get(at("verified", person)).status_code == 200
    Ambassador.objects.filter(user=person).update(status="alumni")

    assert client.get(reverse("ambassadors:ambassador-detail", args=[person.ambassador.slug])).status_code == 200
    assert client.get(at("verified", person)).status_code == 404
    assert client.get(at("badge", person)).status_code == 404


def test_the_kit_shows_nothing_to_copy_before_one_is_public(client):
    person = make.ambassador("Quiet Quinn", listed_for="members")
    client.force_login(person)
    page = client.get(at("kit")).content.decode()

    assert at("verified", person) not in page
    assert at("show") in page
