import re

import pytest

from foundation.models import HistoryEntry
from tests import make
from tests.welcome.matching import a_buddy
from welcome.models import Buddy, BuddyText

pytestmark = pytest.mark.django_db
PAGE = "/settings/buddy/"


@pytest.fixture
def member(client, alice):
    client.force_login(alice)
    return client


def test_one_offers_writes_reads_approves_and_takes_back_on_one_page(member, alice):
    member.post(f"{PAGE}save/", {"capacity": 3, "note": "Not in August"})
    member.post(f"{PAGE}words/save/", {"words": "Hello {newcomer}, it is {buddy} of {community}."})
    page = member.get(PAGE).content.decode()
    assert "Hello Robin Field, it is Alice Amadi of" in page
    assert "no words are approved yet" in page
    member.post(re.search(r'action="(/settings/buddy/words/1/approve/)"', page)[1])
    assert "You approved these words on" in member.get(PAGE).content.decode()
    member.post(f"{PAGE}words/withdraw/")
    assert "You took your approval of these words back on" in member.get(PAGE).content.decode()
    verbs = HistoryEntry.objects.filter(about=alice).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [
        "offered to welcome newcomers",
        "wrote words of welcome",
        "approved words of welcome",
        "took back the approval of words of welcome",
    ]


def test_an_unknown_placeholder_is_an_error_beside_the_field_and_the_words_stay(member, alice):
    Buddy.objects.create(person=alice)
    page = member.post(f"{PAGE}words/save/", {"words": "Hello {firstname}"}).content.decode()
    error = re.search(r'id="id_words_error"[^>]*>(.*?)</ul>', page, re.DOTALL)[1]
    assert "{firstname} means nothing here. You can use {newcomer}, {buddy}, {community}." in re.sub(r"<[^>]*>", "", error)
    assert "Hello {firstname}</textarea>" in page
    assert BuddyText.objects.count() == 0


def test_an_edition_that_was_read_in_another_window_is_not_approved(member, alice):
    Buddy.objects.create(person=alice)
    for words in ("One", "Two"):
        member.post(f"{PAGE}words/save/", {"words": words})
    page = member.post(f"{PAGE}words/1/approve/", follow=True).content.decode()
    assert "There is a newer edition of your words." in page
    assert not BuddyText.objects.exclude(approved_at=None).exists()


def test_what_is_in_force_can_be_read_beside_what_is_newer(member, alice):
    Buddy.objects.create(person=alice)
    for words in ("Good morning {newcomer}", "Good evening {newcomer}"):
        member.post(f"{PAGE}words/save/", {"words": words})
        if "morning" in words:
            member.post(f"{PAGE}words/1/approve/")
    page = member.get(PAGE).content.decode()
    assert ("Read edition 1" in page, "Good morning {newcomer}" in page, "Good evening Robin Field" in page) == (True, True, True)


def test_a_sample_is_put_into_the_form_and_kept_nowhere(member, alice):
    Buddy.objects.create(person=alice)
    assert "the person by the door who shows you where the coffee is" in member.get(f"{PAGE}?sample=light").content.decode()
    assert BuddyText.objects.count() == 0


@pytest.mark.parametrize("capacity", ["0", "11", "many", ""])
def test_a_capacity_that_nobody_has_is_refused(member, capacity):
    assert member.post(f"{PAGE}save/", {"capacity": capacity}).status_code == 200
    assert Buddy.objects.count() == 0


def test_one_chooses_among_the_topics_of_ones_profile(client):
    person = make.ambassador("Tara Topics", topics=["Budgets", "Surveys"])
    make.ambassador("Other", topics=["Schools"])
    client.force_login(person)
    page = client.get(PAGE).content.decode()
    assert [word in page for word in ("Budgets", "Surveys", "Schools")] == [True, True, False]
    client.post(f"{PAGE}save/", {"capacity": 2, "topics": [person.ambassador.topics.get(name="Surveys").pk]})
    assert [topic.name for topic in Buddy.objects.get().topics.all()] == ["Surveys"]


def test_the_page_costs_the_same_with_one_edition_and_three(member, alice, django_assert_num_queries):
    buddy = a_buddy("Ana Ash")
    Buddy.objects.filter(pk=buddy.pk).update(person=alice)
    for number in (2, 3, 4):
        with django_assert_num_queries(9):
            member.get(PAGE)
        BuddyText.objects.create(buddy=buddy, number=number, words=f"Edition {number}")


def test_the_settings_home_leads_there_for_who_may(member, client, staff):
    assert PAGE in member.get("/settings/").content.decode()
    client.force_login(staff)
    assert PAGE not in client.get("/settings/").content.decode()
