"""People one may want to meet: who and why, only through what they let members see, and nobody else's business."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.models import Ambassador
from discussions.models import Block
from discussions.workflow import start_private_thread
from foundation.models import Community, Place, RoleLabel, Topic
from tests import make
from tests.discussions import making
from welcome.models import NoSuggestions, PersonSetAside
from welcome.people.scoring import OpenQuestion, Person, suggest

NAME, SAID = re.compile(r'person__name"><a[^>]*>([^<]+)'), re.compile(r"<li>(?:<a[^>]*>)?([^<]+)")
WHY = re.compile(r"to-meet__reasons.*?</ul>", re.DOTALL)
TODAY = date(2026, 3, 2)
RUTH = Person(
    1,
    frozenset({"school meals", "surveys", "volunteers"}),
    frozenset({"practitioner"}),
    "Porto, Portugal",
    joined_on=date(2026, 2, 1),
)
ASKED = [
    OpenQuestion("Who has counted plates?", "/discussions/7/", "kitchens"),
    OpenQuestion("Does a survey of volunteers help?", "/discussions/8/"),
]
# Each line: somebody, and the reasons to meet them, what weighs most first.
TABLE = [
    (Person(2), []),
    (Person(3, frozenset({"rowing"}), frozenset({"funder"})), []),
    (Person(4, frozenset({"surveys"})), [("topics", "surveys")]),
    (Person(5, frozenset({"surveys"}), frozenset({"practitioner"})), [("topics", "surveys")]),
    (Person(6, frozenset({"surveys"}), frozenset({"funder"})), [("topics", "surveys"), ("seat", "funder")]),
    (Person(7, frozenset({"surveys", "school meals"}), place="Porto, Portugal"), [("topics", "school meals, surveys"), ("place", "Porto, Portugal")]),
    (Person(8, place="Porto, Mexico"), []),
    (Person(9, joined_on=date(2026, 2, 20)), [("together", "")]),
    (Person(10, joined_on=date(2025, 2, 20)), []),
    (Person(11, frozenset({"kitchens"}), frozenset({"cook"})), [("question", "Who has counted plates?"), ("seat", "cook")]),
    (Person(12, ask_me_about="Kitchens of all sizes"), [("question", "Who has counted plates?")]),
    (Person(13, frozenset({"volunteers"})), [("question", "Does a survey of volunteers help?"), ("topics", "volunteers")]),
    (Person(14, frozenset({"volunteer"})), []),
]  # fmt: skip


@pytest.mark.parametrize(("one", "reasons"), TABLE, ids=lambda value: str(value.key) if isinstance(value, Person) else "")
def test_reasons_to_meet_somebody(one, reasons):
    found = suggest(RUTH, [one], ASKED, TODAY)

    assert [(reason.name, ", ".join(reason.of)) for suggestion in found for reason in suggestion.reasons] == reasons


def test_five_at_most_the_best_first_and_each_day_begins_with_others_of_equals():
    people = [one for one, _reasons in TABLE] + [Person(key, frozenset({"surveys"})) for key in range(20, 40)]

    best = [one.key for one in suggest(RUTH, people, ASKED, TODAY)]
    alike = [tuple(one.key for one in suggest(RUTH, people[14:], (), TODAY + timedelta(days=day))) for day in range(3)]

    assert (best[:2], len(best)) == ([7, 13], 5)
    assert best == [one.key for one in suggest(RUTH, people[::-1], ASKED, TODAY)]
    assert len(set(alike)) == 3


@pytest.fixture
def ruth(db):
    Community.found()
    Topic.objects.create(name="Surveys")
    return known(make.ambassador("Ruth Reed"))


def known(person, *topics: str, **fields):
    """Somebody who is known for topics, "Surveys" if none are named."""
    person.ambassador.topics.set(Topic.objects.filter(name__in=topics or ["Surveys"]))
    Ambassador.objects.filter(pk=person.ambassador.pk).update(joined_at=timezone.now() - timedelta(days=900), **fields)
    return person


def shown(client, reader) -> dict[str, list[str]]:
    """Whom the page names, and why."""
    client.force_login(reader)
    page = unescape(client.get(reverse("welcome:people-list")).content.decode())
    cards = page.split('<li class="card to-meet__one">')[1:]
    return {NAME.search(card)[1]: SAID.findall(WHY.search(card)[0]) for card in cards}


def test_the_page_names_them_with_the_reason_and_a_question_that_they_can_answer(client, ruth):
    bob = known(make.ambassador("Bob Brandt"))
    RoleLabel.objects.create(name="Funder").ambassadors.add(bob.ambassador)
    RoleLabel.objects.create(name="Teacher").ambassadors.add(ruth.ambassador)
    porto = Place.objects.create(name="Porto", country="Portugal")
    Ambassador.objects.filter(user__in=[ruth, bob]).update(place=porto)
    thread = making.thread(making.topic(), ruth, subject="How long may surveys be?", kind="question")

    assert shown(client, ruth) == {
        "Bob Brandt": [
            "They know about what you ask in “How long may surveys be?”.",
            "You share a topic: Surveys.",
            "You are both in Porto, Portugal.",
            "They look at it from another seat: Funder.",
        ]
    }
    assert f'<a href="{thread.get_absolute_url()}">' in client.get(reverse("welcome:people-list")).content.decode()


@pytest.mark.parametrize("field", ["topics", "place", "role_labels", "ask_me_about"])
def test_what_somebody_does_not_let_members_see_is_no_reason(client, ruth, field):
    porto = Place.objects.create(name="Porto", country="Portugal")
    Ambassador.objects.filter(user=ruth).update(place=porto)
    RoleLabel.objects.create(name="Teacher").ambassadors.add(ruth.ambassador)
    bob = known(make.ambassador("Bob Brandt"), place=porto, ask_me_about="rowing", **{f"{field}_audience": "staff"})
    RoleLabel.objects.create(name="Funder").ambassadors.add(bob.ambassador)
    told = {
        "topics": "You share a topic: Surveys.",
        "place": "You are both in Porto, Portugal.",
        "role_labels": "They look at it from another seat: Funder.",
    }

    reasons = set(shown(client, ruth).get("Bob Brandt", []))

    # Another seat is worth a word only where there is a topic in common.
    hidden = {told.get(field, "")} | ({told["role_labels"]} if field == "topics" else set())
    assert reasons == set(told.values()) - hidden


def test_nobody_is_suggested_who_cannot_be_met(client, ruth):
    talks, blocked, blocks, hidden = (known(make.ambassador(name)) for name in ("Tal King", "Bo Blocked", "Bea Blocks", "Hid Den"))
    away, paused = (known(make.ambassador(name)) for name in ("Ada Away", "Pau Sing"))
    start_private_thread(by=talks, to=ruth, subject="Hello", body="How are you?")
    Block.objects.create(person=ruth, blocked=blocked)
    Block.objects.create(person=blocks, blocked=ruth)
    Ambassador.objects.filter(user=hidden).update(listed_for="staff")
    Ambassador.objects.filter(user=away).update(away_until=timezone.localdate() + timedelta(days=9))
    Ambassador.objects.filter(user=paused).update(status="paused")

    assert shown(client, ruth) == {}
    assert "We look again tomorrow" in client.get(reverse("welcome:people-list")).content.decode()


def test_not_for_me_is_remembered_undone_and_nobody_else_s_business(client, ruth):
    bob = known(make.ambassador("Bob Brandt"))
    assert list(shown(client, ruth)) == ["Bob Brandt"]

    client.post(reverse("welcome:person-set-aside", args=[bob.ambassador.slug]))
    client.post(reverse("welcome:person-set-aside", args=[bob.ambassador.slug]))
    assert shown(client, ruth) == {}
    assert "1 person whom you set aside" in client.get(reverse("welcome:people-list")).content.decode()
    assert list(shown(client, bob)) == ["Ruth Reed"]

    client.force_login(ruth)
    client.post(reverse("welcome:person-take-back", args=[bob.ambassador.slug]))
    assert list(shown(client, ruth)) == ["Bob Brandt"]
    assert PersonSetAside.objects.count() == 0


def test_whoever_wants_no_suggestions_gets_none_until_they_want_them(client, ruth):
    known(make.ambassador("Bob Brandt"))
    client.force_login(ruth)

    client.post(reverse("welcome:people-switch-off"))
    assert (shown(client, ruth), NoSuggestions.objects.get().person) == ({}, ruth)

    client.post(reverse("welcome:people-switch-on"))
    assert list(shown(client, ruth)) == ["Bob Brandt"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_with_one_and_with_three(client, ruth, rows, django_assert_num_queries):
    for number in range(rows):
        PersonSetAside.objects.create(person=ruth, other=make.ambassador(f"Aside {number}"))
        known(make.ambassador(f"Bob {number}"))
        making.thread(making.topic(f"Topic {number}"), ruth, subject=f"Question {number} on surveys?", kind="question")
    client.force_login(ruth)
    client.get(reverse("welcome:people-list"))

    with django_assert_num_queries(12):
        page = client.get(reverse("welcome:people-list"))

    assert len(page.context["people"]) == rows
