"""From a proof point to help: everybody gets what is published, members also whom to ask."""

from __future__ import annotations

import pytest
from django.urls import reverse

from foundation.models import Pillar
from practice.models import InstrumentEdition
from products.models import EditionPart
from tests import make
from tests.practice import asking, practising
from tests.products import publishing

pytestmark = pytest.mark.django_db
PAGE = "/practice/harbour-check/help/lend-fairly/"
IN_PILLAR = asking.WITH_TOPICS.replace("  - key: lending\n", "  - key: lending\n    pillar: lending\n", 1)


def text(client, url=PAGE):
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def about(topic, title, kind="kickstarter", **fields):
    edition = publishing.out(None, title, kind, **fields)
    if topic:
        edition.product.topics.add(topic)
    return edition


@pytest.fixture
def helping(db):
    """A kickstarter, an insight, a video and an article that are out, a draft, and three ambassadors who know about it."""
    asking.instrument(IN_PILLAR)
    topic = asking.topic()
    pillar = Pillar.objects.get_or_create(name="Lending", slug="lending")[0]
    about(topic, "A list on the wall")
    about(None, "Who borrowed the boats", "insight", product_pillars=[pillar])
    about(topic, "Three minutes by the pier", "resource", medium="video", link="https://videos.example/pier")
    about(topic, "Lists and trust", "article")
    whole = publishing.of_parts(title="The whole of lending")
    EditionPart.objects.filter(edition=whole, slug="lending").update(pillar=pillar)
    from tests.products import making  # deferred: it needs the database

    making.draft(make.ambassador("Wilma Writer"), title="Not out yet").product.topics.add(topic)
    make.ambassador("Tomas Topic", topics=[asking.TOPIC])
    make.ambassador("Petra Public", topics=[asking.TOPIC], listed_for="public", topics_audience="public")
    make.ambassador("Askme Amara", ask_me_about="boats, and lending fairly to strangers")
    make.ambassador("Hidden Hana", topics=[asking.TOPIC], topics_audience="staff")
    make.ambassador("Away Anna", topics=[asking.TOPIC], away_until="2099-01-01")
    make.ambassador("Other Omar", topics=["Ropes"])
    return topic


@pytest.mark.row("G7")
def test_a_public_user_sees_only_public_links(client, helping, bob):
    """A member gets the same, and who offers the topic."""
    client.force_login(bob)
    member = text(client)
    client.logout()

    visitor = text(client)

    published = [
        "A list on the wall",
        "Who borrowed the boats",
        "Three minutes by the pier",
        "Lists and trust",
        "The whole of lending",
    ]
    people = ["Tomas Topic", "Petra Public", "Askme Amara"]
    assert [one for one in published if one not in visitor] == []
    assert [one for one in [*people, "/ambassadors/tomas", "Who can be asked", "Not out yet"] if one in visitor] == []
    assert [one for one in [*published, *people] if one not in member] == []
    assert [
        one for one in ["Hidden Hana", "Away Anna", "Other Omar", "Bob Brandt</", "Not out yet"] if one in member.split("<main")[1]
    ] == []


def test_whoever_is_no_member_gets_no_people(client, helping, alumna):
    leader = make.person("Lea Leader")
    for person in (alumna, leader):
        client.force_login(person)
        assert "Who can be asked" not in text(client)


def test_topics_come_before_the_pillar_and_four_of_a_kind_lead_to_all(client, helping):
    pillar = Pillar.objects.get(slug="lending")
    for number in range(5):
        about(None, f"Of the pillar {number}", product_pillars=[pillar])

    page = text(client)

    shown = [title for title in ["A list on the wall", *(f"Of the pillar {number}" for number in range(5))] if title in page]
    assert (len(shown), shown[0]) == (4, "A list on the wall")
    assert page.index("A list on the wall") < page.index("Of the pillar")
    assert "/products/?kind=kickstarter&amp;pillar=lending" in page


def test_there_is_a_page_for_each_principle_and_for_none_other(client):
    asking.instrument()
    assert "We lend safely" in text(client, "/practice/harbour-check/help/lend-safely/")
    assert "Nothing is published about this yet" in text(client, "/practice/harbour-check/help/lend-safely/")
    for gone in (
        "/practice/harbour-check/help/list-is-open/",
        "/practice/harbour-check/help/no-such/",
        "/practice/none/help/lend-fairly/",
    ):
        assert client.get(gone).status_code == 404
    assert PAGE in text(client, "/practice/harbour-check/")


def test_a_principle_that_the_newest_edition_dropped_still_has_its_page(client):
    first = asking.instrument()
    practising.instrument(asking.WITH_TOPICS.replace("lend-fairly", "lend-gladly").replace("We lend fairly", "We lend gladly"))

    assert InstrumentEdition.objects.filter(instrument=first.instrument).count() == 2
    assert "We lend fairly" in text(client)
    assert "We lend gladly" in text(client, PAGE.replace("lend-fairly", "lend-gladly"))


def test_results_lead_to_help_and_from_there_to_a_question(client, alice, bob):
    asking.instrument()
    held = asking.closed_round(alice)
    client.force_login(alice)
    point = reverse("practice:point-help", args=[held.pk, "list-is-open"])

    assert point in text(client, reverse("practice:module-results", args=[held.pk, "lending"]))
    assert point in text(client, reverse("practice:session-results", args=[held.pk]))
    page = text(client, point)
    assert "The list of who borrowed what hangs where everybody can read it." in page
    assert reverse("practice:question-new", args=[held.pk, "list-is-open"]) in page
    client.force_login(bob)
    assert client.get(point).status_code == 404
