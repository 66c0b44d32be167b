"""The page of a slate: each reader's own answers, and nobody's besides."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ambassadors.models import Slate, SlateAnswer
from ambassadors.nominations import workflow as nominations
from ambassadors.slates import answers, workflow
from ambassadors.slates.answers import Said
from tests import make
from tests.ambassadors import admission_making as making

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor():
    return make.ambassador("Noor Nominator")


@pytest.fixture
def slate(noor):
    return making.slate(*[making.nomination(noor, name, status="slate") for name in ("Ana One", "Ben Two")], intro="Two of them.")


def page_of(client, slate) -> str:
    return client.get(slate.get_absolute_url()).content.decode()


def test_shows_the_text_written_for_it_and_nothing_else_of_the_case(client, slate, alice):
    client.force_login(alice)

    page = page_of(client, slate)

    case = slate.entries.get(number=1).nomination
    assert "Ana One runs a school that parents queue for." in page
    assert not any(
        words in page for words in (case.reason, case.relation, case.email, case.organization, "Noor Nominator", "Seen for")
    )


def test_ones_own_answers_are_shown_and_can_be_changed(client, slate, alice):
    client.force_login(alice)
    url = f"{slate.get_absolute_url()}answer/"
    client.post(url, {"1-answer": "concern", "1-concern": "He left us.", "2-answer": "support"})
    client.post(url, {"1-answer": "no view", "1-concern": "He left us.", "2-answer": "support"})

    page = page_of(client, slate)

    assert "You have answered" in page
    assert 'name="1-answer" value="no view" checked' in page
    assert 'name="2-answer" value="support" checked' in page


def test_a_concern_without_words_is_asked_for_them_and_the_rest_stays_in_the_form(client, slate, alice):
    client.force_login(alice)

    page = client.post(f"{slate.get_absolute_url()}answer/", {"1-answer": "concern", "2-answer": "support"}).content.decode()

    assert "A few words tell the vetting leads what to look into." in page
    assert 'name="2-answer" value="support" checked' in page
    assert not SlateAnswer.objects.exists()


def test_nobody_sees_what_others_said_nor_how_many(client, slate, alice, bob):
    client.force_login(alice)
    before = page_of(client, slate)
    answers.give(slate, {1: Said("concern", "the canary sang"), 2: Said("support")}, by=bob)

    after = page_of(client, slate)

    def without_token(page: str) -> list[str]:
        return [line for line in page.split("\n") if "csrf" not in line]

    assert without_token(before) == without_token(after)


def test_whoever_nominated_somebody_finds_a_kind_word_in_the_place_of_buttons(client, slate, noor):
    client.force_login(noor)

    page = page_of(client, slate)

    assert page.count("You put them forward, which says it already") == 2
    assert "1-answer" not in page


def test_somebody_who_left_it_is_gone_from_the_page_without_a_reason(client, slate, alice, noor):
    nominations.withdraw(slate.entries.get(number=1).nomination, by=noor)
    client.force_login(alice)

    page = page_of(client, slate)

    assert "Ana One" not in page
    assert "One more was on this slate and has left it" in page
    assert "withdr" not in page


def test_after_the_close_thanks_and_what_comes_next_and_no_names(client, slate, alice):
    answers.give(slate, {1: Said("support")}, by=alice)
    Slate.objects.update(opened_at=timezone.now() - timedelta(days=9), closes_at=timezone.now() - timedelta(seconds=1))
    client.force_login(alice)

    page = page_of(client, slate)

    assert "This slate is closed." in page
    assert "Your answer about one nominee was counted." in page
    assert not any(words in page for words in ("Ana One", "Two of them.", "1-answer"))


def test_its_end_is_told_in_the_readers_time(client, slate):
    Slate.objects.update(closes_at=timezone.now().replace(year=2099, month=12, day=2, hour=23, minute=59))
    client.force_login(make.ambassador("Taro Tokyo", time_zone="Asia/Tokyo"))

    assert "Thursday 3 December at 08:59, your time" in page_of(client, slate)


def test_the_desk_has_a_card_while_one_is_open(client, slate, alice):
    client.force_login(alice)
    first = client.get("/desk/").content.decode()
    answers.give(slate, {1: Said("support")}, by=alice)
    second = client.get("/desk/").content.decode()
    workflow.close(slate, by=making.lead())
    third = client.get("/desk/").content.decode()

    words = ["Not answered yet. If you know", "You have answered, and can change it", "Autumn slate"]
    assert [[word in page for word in words] for page in (first, second, third)] == [
        [True, False, True],
        [False, True, True],
        [False, False, False],
    ]


def test_the_desk_of_those_who_decide_says_that_one_has_closed(client, slate, staff):
    lead = making.lead()
    workflow.close(slate, by=lead)
    pages = []
    for person in (lead, staff):
        client.force_login(person)
        pages.append("A slate has closed: 2 nominees wait" in client.get("/desk/").content.decode())

    assert pages == [True, False]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_nominee_as_for_three(client, alice, noor, django_assert_num_queries, number):
    slate = making.slate(*[making.nomination(noor, f"Nominee {one}", status="slate") for one in range(number)])
    answers.give(slate, {1: Said("support")}, by=alice)
    client.force_login(alice)
    client.get("/slates/")

    with django_assert_num_queries(19):
        page_of(client, slate)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_slate_as_for_three(client, alice, noor, django_assert_num_queries, number):
    for one in range(number):
        making.slate(making.nomination(noor, f"Nominee {one}", status="slate"))
    client.force_login(alice)
    client.get("/slates/")

    with django_assert_num_queries(4):
        assert client.get("/slates/").content.decode().count("Not answered yet") == number
