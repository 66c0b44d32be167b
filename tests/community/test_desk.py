"""The desk: what one owes, what is offered, what is new, and the support team's part."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors import workflow
from ambassadors.models import Ambassador
from foundation.desk import IN_SIGHT, DeskCard, DeskItem, cards_for, desk, groups_of, set_aside
from foundation.models import SetAside
from tests import make

NOW = timezone.now()


@pytest.fixture
def lay(monkeypatch):
    """Put cards on every desk, instead of what the apps would put there."""

    def lay(*cards: DeskCard, for_staff: bool = False) -> None:
        desk.register("laid by a test", for_staff=for_staff)(lambda person: cards)

    monkeypatch.setattr(desk, "_entries", {})
    monkeypatch.setattr(desk, "_for_staff", set())
    return lay


def card(title: str, weight: int, **fields) -> DeskCard:
    return DeskCard(title, "", "/desk/", f"Open {title}", weight=weight, **fields)


def shown(client) -> str:
    return client.get(reverse("community:desk")).content.decode()


def test_desk_has_three_groups_and_what_is_due_first_stands_first(lay, alice):
    later, soon = NOW + timedelta(days=9), NOW + timedelta(days=2)
    lay(card("news", 20), card("b", 0, due_at=later), card("a", 0, due_at=soon), card("offer", 15), card("c", 0))

    groups = groups_of(cards_for(alice))

    assert [(group.name, [card.title for card in group.cards]) for group in groups] == [
        ("owed", ["a", "b", "c"]),
        ("offered", ["offer"]),
        ("new", ["news"]),
    ]


def test_desk_is_calm_when_nothing_is_there(lay, client, alice):
    client.force_login(alice)

    assert "enjoy the quiet" in shown(client)
    assert "desk__group" not in shown(client)


def test_desk_says_a_late_thing_kindly(lay, client, alice):
    client.force_login(alice)
    lay(card("an answer", 0, due_at=timezone.make_aware(timezone.datetime(2026, 3, 5, 12))))

    page = shown(client)

    assert "Hoped for by 5 March, and still welcome" in page
    assert "enjoy the quiet" not in page


@pytest.mark.parametrize(("number", "folded"), [(IN_SIGHT, None), (IN_SIGHT + 7, "and 7 more")])
def test_desk_folds_what_is_too_much_to_see_at_once(lay, client, alice, number, folded):
    client.force_login(alice)
    lay(*(card(f"thing {place}", 0) for place in range(number)))

    page = shown(client)

    assert page.count("<article") == number
    assert ("<details class=" in page.partition("desk__main")[2]) == bool(folded)
    assert folded is None or folded in page


def test_card_names_a_few_things_and_counts_the_rest(lay, client, alice):
    client.force_login(alice)
    lay(card("new here", 20, items=(DeskItem("Ada & Co", "/ambassadors/ada/", "Harbour master"),), more=7))

    page = shown(client)

    assert '<a href="/ambassadors/ada/">Ada &amp; Co</a>' in page
    assert "Harbour master" in page
    assert "and 7 more" in page


def test_part_of_staff_is_for_staff(lay, client, alice, staff):
    lay(card("a case", 0), for_staff=True)

    for person, there in ((alice, False), (staff, True)):
        client.force_login(person)
        page = shown(client)
        assert ("a case" in page, "Looking after the house" in page) == (there, there)


def test_card_set_aside_stays_away_for_its_owner_alone_and_comes_back(client, alice, bob):
    make.ambassador("Nora Newcomer")
    client.force_login(alice)
    assert "Nora Newcomer" in shown(client)

    client.post(reverse("community:desk-card-set-aside"), {"card": "newcomers"})

    assert "Nora Newcomer" not in shown(client)
    assert "newcomers" in {card.later for card in cards_for(bob)}
    SetAside.objects.update(until=timezone.now() - timedelta(minutes=1))
    assert "Nora Newcomer" in shown(client)


@pytest.mark.parametrize("key", ["", "nothing of that name", "x" * 500])
def test_only_what_lies_on_the_desk_is_set_aside(alice, key):
    assert set_aside(alice, key) is False
    assert not SetAside.objects.exists()


def test_setting_aside_twice_is_once(alice):
    make.ambassador("Nora Newcomer")
    assert set_aside(alice, "newcomers") is True
    assert set_aside(alice, "newcomers") is False

    assert SetAside.objects.count() == 1


def test_newcomers_are_those_of_two_weeks_whom_one_may_see(client, alice):
    Ambassador.objects.filter(user=alice).update(joined_at=timezone.now())
    for number in range(7):
        make.ambassador(f"Nora {number} New", joined_at=timezone.now() - timedelta(days=number))
    make.ambassador("Olga Older", joined_at=timezone.now() - timedelta(days=15))
    make.ambassador("Hilda Hidden", listed_for="staff")
    make.ambassador("Lena Left", status="alumni")

    (found,) = (card for card in cards_for(alice) if card.later == "newcomers")

    assert found.title == "7 people are new here"
    assert [item.label for item in found.items] == [f"Nora {number} New" for number in range(5)]
    assert found.more == 2


def test_staff_are_told_who_waits_on_the_roster_and_who_never_came_in(alice, staff):
    workflow.list_person("Lena Listed", "lena@people.example.org", by=staff)
    Ambassador.objects.filter(user=alice).update(joined_at=timezone.now() - timedelta(days=20))

    titles = [card.title for card in cards_for(staff) if card.for_staff]

    assert titles[-2:] == ["1 person on the roster waits to be invited", "1 invited person has not found the way in"]
    assert [card for card in cards_for(alice) if card.for_staff] == []


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("who", "most"), [("alice", 12), ("staff", 12)])
def test_desk_costs_the_same_at_any_number_of_cards(client, request, rows, who, most, django_assert_max_num_queries):
    client.force_login(request.getfixturevalue(who))
    for number in range(rows):
        make.ambassador(f"Nora {number} New", joined_at=timezone.now())
        make.ambassador(f"Lena {number} Listed", status="listed")

    with django_assert_max_num_queries(most):
        page = shown(client)

    assert page.count("Nora ") == rows
