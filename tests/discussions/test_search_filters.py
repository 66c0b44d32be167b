"""The search page narrows by kind, space, author and day, within what the reader may find."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from discussions import signals, workflow
from discussions.models import Post
from foundation import search
from foundation.models import SearchEntry
from tests import make
from tests.discussions import making

pytestmark = pytest.mark.django_db
URL = "/search/"


@pytest.fixture
def spaces(alice, bob):
    """A topic and a closed space of Alice's; the word "heron" stands in both, said by her and by Bob, now and a year ago."""
    kettle, school = making.topic("The kettle"), making.micro(alice, name="Winter school")
    thread = making.thread(kettle, alice, subject="Birds", body="The heron is Alice's.")
    workflow.reply(thread, by=bob, body="My heron is Bob's.")
    old = workflow.reply(thread, by=bob, body="That heron is of last year.")
    Post.objects.filter(pk=old.pk).update(posted_at=timezone.now() - timedelta(days=365))
    search.index(old)
    making.thread(school, alice, subject="Closed", body="The heron of the school.")
    workflow.start_private_thread(by=alice, to=bob, subject="Between us", body="The heron between us.")
    return kettle, school


def told(client, **query) -> set[str]:
    """What the excerpts say, without their marks."""
    hits = client.get(URL, {"q": "heron", **query}).context["hits"]
    return {str(hit.excerpt).replace("<mark>", "").replace("</mark>", "").replace("&#x27;", "'") for hit, _label in hits}


SAID = {"The heron is Alice's.", "My heron is Bob's.", "That heron is of last year."}
SCHOOL, BETWEEN = {"The heron of the school."}, {"The heron between us."}


def test_hits_are_narrowed_to_what_is_chosen(client, alice, bob, spaces):
    kettle, school = (f"space:{space.pk}" for space in spaces)
    year_ago = (timezone.now() - timedelta(days=300)).date().isoformat()
    client.force_login(alice)

    assert told(client) == SAID | SCHOOL | BETWEEN
    assert told(client, place=kettle) == SAID
    assert told(client, place=school) == SCHOOL
    assert told(client, place=f"person:{alice.pk}") == BETWEEN
    assert (
        told(client, author="bob brandt")
        == told(client, author="Brandt B")
        == {"My heron is Bob's.", "That heron is of last year."}
    )
    assert (
        told(client, author="bob", until=year_ago) == told(client, until=year_ago, kind="post") == {"That heron is of last year."}
    )
    assert told(client, author="alice", since=year_ago, place=kettle) == {"The heron is Alice's."}
    assert told(client, author="nobody") == told(client, kind="thread") == set()


def test_without_words_the_newest_within_what_is_chosen_come_first(client, alice, spaces):
    client.force_login(alice)
    page = client.get(URL, {"author": "bob", "kind": "post"})

    assert [hit.excerpt for hit, _label in page.context["hits"]] == ["My heron is Bob&#x27;s.", "That heron is of last year."]


def test_a_place_of_others_is_as_empty_as_one_that_never_was(client, bob, alice, spaces):
    client.force_login(bob)
    school = f"space:{spaces[1].pk}"

    for place in (school, f"person:{alice.pk}", "members' things", "space:0"):
        assert told(client, place=place) == set()
    assert school not in {key for key, _name in client.get(URL, {"q": "heron"}).context["places"]}


def test_whoever_left_without_their_name_is_not_found_by_it(client, alice, bob, spaces):
    bob.is_credited = False
    bob.save()
    client.force_login(alice)
    page = client.get(URL, {"q": "heron", "kind": "post"})

    assert told(client, author="bob") == set()
    assert sorted(hit.author for hit, _label in page.context["hits"]) == ["", "", "Alice Amadi", "Alice Amadi", "Alice Amadi"]


def test_a_visitor_narrows_by_kind_alone(client, spaces):
    make.ambassador("Hera Heron", listed_for="public")
    page = client.get(URL, {"q": "heron", "place": f"space:{spaces[0].pk}", "author": "bob", "since": "2020-01-01"})

    assert [hit.title for hit, _label in page.context["hits"]] == ["Hera Heron"]
    assert b"id_author" not in page.content


def test_what_is_chosen_stays_chosen_from_page_to_page_and_kind_to_kind(client, alice, spaces):
    entry = SearchEntry.objects.filter(kind="post").first()
    for number in range(25):
        entry.pk, entry.target_id, entry.author = None, f"99{number}", alice
        entry.save()
    client.force_login(alice)
    page = client.get(URL, {"q": "heron", "author": "alice", "since": "2020-01-01"})

    assert page.context["next_url"] == "/search/?q=heron&author=alice&since=2020-01-01&page=2"
    assert [tab.url for tab in page.context["tabs"] if tab.label == "Posts"] == [
        "/search/?q=heron&kind=post&author=alice&since=2020-01-01"
    ]
    assert 'value="2020-01-01"' in page.content.decode()


@pytest.mark.parametrize(
    "odd", [{"since": "yesterday"}, {"until": "0001-01-01"}, {"author": "!&|"}, {"place": "\0"}, {"until": "9999-12-31"}]
)
def test_an_odd_choice_chooses_nothing(client, alice, spaces, odd):
    client.force_login(alice)

    assert told(client, **odd) == SAID | SCHOOL | BETWEEN


@pytest.mark.parametrize("rows", [1, 3])
def test_query_counts(client, alice, bob, django_assert_num_queries, rows):
    thread = making.thread(making.topic(), alice)
    making.talk(thread, *[bob] * rows)
    client.force_login(alice)

    with django_assert_num_queries(6):  # the community, the session, the reader, their spaces, what is found, what is like it
        client.get(URL, {"q": "thing", "author": "bob", "place": f"space:{thread.space_id}", "since": "2020-01-01"})


@pytest.mark.row("R17")
def test_words_of_their_own_in_each_private_thing_are_found_by_its_readers_alone(client, alice, bob, staff, alumna):
    """Alice leads the spaces and Bob is in the hidden one; neither hits nor counts nor near spellings tell anybody else of a word."""
    words = {
        "closed": "xylograph",
        "hidden": "quokkaville",
        "private": "zeppelinette",
        "withdrawn": "kumquatish",
        "prepared": "bergamotto",
    }
    hidden = making.micro(alice, name="The quiet one", openness="hidden")
    making.join(hidden, bob, "promoter")
    making.thread(hidden, alice, subject=f"About {words['hidden']}", body=f"It says {words['hidden']}.")
    making.thread(making.micro(alice), alice, subject=f"About {words['closed']}", body=f"It says {words['closed']}.")
    workflow.start_private_thread(by=alice, to=bob, subject=f"About {words['private']}", body=f"It says {words['private']}.")
    topic = making.topic()
    making.thread(topic, alice, subject=words["prepared"], body=f"It says {words['prepared']}.", status="preparing")
    post = workflow.reply(making.thread(topic, alice), by=bob, body=f"It says {words['withdrawn']}.")
    Post.objects.filter(pk=post.pk).update(status="withdrawn")
    signals.post_withdrawn.send(Post, post=post)
    outsider, superuser = make.ambassador("Olga Outside"), make.person("Sue Sato", is_staff=True, is_superuser=True)

    found: dict[str, set[str]] = {}
    for reader in (None, alumna, outsider, bob, alice, staff, superuser):
        if reader is not None:
            client.force_login(reader)
        told = {
            name: {
                client.get(URL, {"q": asked}).context["found"]
                for asked in (word, f'"says {word}"', word.replace("o", "", 1), word[:-2])
            }
            for name, word in words.items()
        }
        found[reader.name if reader else "visitor"] = {name for name, counts in told.items() if counts != {"Nothing found"}}

    nothing: set[str] = set()
    assert found == {
        "visitor": nothing,
        alumna.name: nothing,
        outsider.name: nothing,
        bob.name: {"hidden", "private"},
        alice.name: {"hidden", "private", "closed"},
        staff.name: nothing,
        superuser.name: nothing,
    }
