import re

import pytest
from django.db import connection
from django.urls import reverse

from ambassadors.models import Ambassador
from foundation import search
from foundation.models import RoleLabel
from tests import make

URL = "/ambassadors/"


def labelled(person, label):
    person.ambassador.role_labels.add(RoleLabel.objects.create(name=label))
    search.index(person.ambassador)
    return person


def found(client, **query) -> list[str]:
    return [card.name for card in client.get(URL, query).context["cards"]]


@pytest.fixture
def everybody(alice, bob, alumna):
    make.ambassador("Paula Public", listed_for="public", place="Porto", place_audience="public", organization="Harbour School")
    make.ambassador("Pau Pausing", status="paused", listed_for="public")
    make.ambassador("Lena Listed", status="listed", is_active=False)
    make.ambassador("Hidden Hanna", listed_for="staff")
    make.ambassador("Removed Rolf", status="removed", is_active=False, listed_for="public")
    make.ambassador("Left Lars", status="alumni", listed_for="public")


def test_visitors_find_those_who_chose_to_be_public(client, everybody):
    assert found(client) == ["Pau Pausing", "Paula Public"]


def test_members_find_all_who_belong_and_did_not_hide(client, everybody, alice):
    client.force_login(alice)

    assert found(client) == ["Alice Amadi", "Bob Brandt", "Lena Listed", "Pau Pausing", "Paula Public"]


def test_a_card_says_no_place_where_none_is_known(client, alice):
    client.force_login(alice)

    page = client.get(URL)

    assert [card.place for card in page.context["cards"]] == [""]


def test_alumni_find_what_visitors_find(client, everybody, alumna):
    client.force_login(alumna)

    assert found(client) == ["Pau Pausing", "Paula Public"]


def test_staff_find_those_who_belong_and_nobody_who_left(client, everybody, staff):
    client.force_login(staff)

    assert found(client) == ["Alice Amadi", "Bob Brandt", "Hidden Hanna", "Lena Listed", "Pau Pausing", "Paula Public"]


@pytest.mark.parametrize("query", ["zoe", "ZOË", "Zoë mar", "maríños", "malaga", "Málaga zoe", "  zoe   "])
def test_search_minds_neither_accents_nor_capitals(client, alice, bob, query):
    make.ambassador("Zoë Mariños", place="Málaga")
    client.force_login(alice)

    assert found(client, q=query) == ["Zoë Mariños"]


@pytest.mark.parametrize("query", ["%", "_", "\\", "zoe nobody", "a" * 500, "\0"])
def test_search_takes_words_literally(client, alice, query):
    make.ambassador("Zoë Mariños")
    client.force_login(alice)

    assert found(client, q=query) == (["Alice Amadi", "Zoë Mariños"] if query == "\0" else [])


def test_nobody_is_found_by_a_field_that_the_searcher_may_not_read(client, everybody, alice):
    labelled(make.ambassador("Felix Funder", listed_for="public", role_labels_audience="staff"), "Philanthropist")

    assert found(client, q="Harbour") == []
    assert found(client, q="philanthropist") == []
    assert found(client, q="porto") == ["Paula Public"]

    client.force_login(alice)
    assert found(client, q="Harbour") == ["Paula Public"]


def test_pages_show_everybody_once_in_the_order_of_names(client, alice):
    client.force_login(alice)
    names = [make.ambassador(f"Ñandú {number:02}").name for number in range(30)] + ["Zora Zeh"]
    make.ambassador("Zora Zeh")

    first = client.get(URL)
    second = client.get(f"{URL}{first.context['next_url']}")

    assert [card.name for page in (first, second) for card in page.context["cards"]] == ["Alice Amadi", *names]
    assert (len(first.context["cards"]), second.context["next_url"]) == (24, "")


def test_the_next_page_keeps_the_search(client, alice):
    client.force_login(alice)
    for number in range(30):
        make.ambassador(f"Mona {number:02}", place="São Tomé")

    page = client.get(URL, {"q": "são tomé"})

    assert [card.name for card in client.get(f"{URL}{page.context['next_url']}").context["cards"]] == [
        f"Mona {number}" for number in range(24, 30)
    ]


@pytest.mark.parametrize("after", ["nonsense", "~", "a~x", "a~²", "\0~1", "~99999999999999999999"])
def test_an_address_that_names_no_place_shows_the_beginning(client, alice, after):
    client.force_login(alice)

    assert found(client, after=after) == ["Alice Amadi"]


def test_the_end_of_the_list_leads_back(client, alice):
    client.force_login(alice)

    page = client.get(URL, {"after": "zz~1"})

    assert "Back to the beginning" in page.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("query", ["", "na"])
def test_directory_query_count_for_a_member(client, alice, django_assert_num_queries, rows, query):
    for number in range(rows):
        labelled(make.ambassador(f"Nadia {number}", organization=f"House {number}"), f"Label {number}")
    client.force_login(alice)

    with django_assert_num_queries(5):  # the session, the reader, the community, the people, the words to choose from
        client.get(URL, {"q": query})


@pytest.mark.parametrize("rows", [1, 3])
def test_directory_query_count_for_a_visitor(client, db, django_assert_num_queries, rows):
    for number in range(rows):
        make.ambassador(f"Nadia {number}", listed_for="public")

    with django_assert_num_queries(3):  # the community, the people, the words to choose from
        client.get(URL)


def test_profile_shows_a_visitor_only_the_public_fields(client, db):
    paula = make.ambassador(
        "Paula Public",
        listed_for="public",
        place="Porto",
        place_audience="public",
        job_title="Head of canaries",
        organization="Canary Works",
        bio="A canary",
        ask_me_about="canaries",
    )

    page = client.get(paula.ambassador.get_absolute_url()).content.decode()

    assert "Porto" in page
    assert "anar" not in page


@pytest.mark.parametrize("status", ["listed", "alumni", "removed"])
def test_profile_of_who_is_not_here_does_not_open_for_visitors(client, db, status):
    person = make.ambassador("Some One", status=status, listed_for="members" if status == "listed" else "public")

    assert client.get(person.ambassador.get_absolute_url()).status_code == 404


def test_own_profile_shows_what_is_for_staff_only(client, alumna):
    alumna.ambassador.bio, alumna.ambassador.bio_audience = "My own words", "staff"
    alumna.ambassador.save()
    client.force_login(alumna)

    assert "My own words" in client.get(alumna.ambassador.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("preview", "seen"),
    [("", ["for all", "for members", "for staff"]), ("member", ["for all", "for members"]), ("visitor", ["for all"])],
)
def test_own_profile_can_be_seen_as_others_see_it(client, db, preview, seen):
    fields = {
        "place": "for all",
        "place_audience": "public",
        "job_title": "for members",
        "bio": "for staff",
        "bio_audience": "staff",
    }
    person = make.ambassador("Paula Public", **fields)
    client.force_login(person)

    page = client.get(person.ambassador.get_absolute_url(), {"as": preview}).content.decode()

    assert [text for text in ("for all", "for members", "for staff") if text in page] == seen
    assert ("Visitors do not find you" in page) == (preview == "visitor")


def test_nobody_looks_through_the_eyes_of_others_at_somebody_else(client, alice, bob):
    client.force_login(bob)

    assert "preview" not in client.get(alice.ambassador.get_absolute_url(), {"as": "visitor"}).context["preview"]
    assert reverse("ambassadors:profile-edit") not in client.get(alice.ambassador.get_absolute_url()).content.decode()


def test_a_later_page_begins_at_its_place_in_the_index_of_names(db):
    """However many come before it: with an "or" alone, PostgreSQL read everybody up to the place."""
    later = Ambassador.objects.by_name().after("m", 1)[:25]

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")

    assert re.search(r"Index Cond: \(\(sort_name\)::text >= 'm'", later.explain())
