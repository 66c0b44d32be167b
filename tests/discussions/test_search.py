"""What is said is found by those who read it, from the moment it is said until it is hidden or taken back."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from discussions import signals, workflow
from discussions.models import Participant, Post, Space, SpaceRole, Thread
from discussions.moderation import moving
from discussions.threads import people
from foundation import search
from foundation.models import SearchEntry
from foundation.workflow import record
from tests import make
from tests.discussions import making

pytestmark = pytest.mark.django_db


def found(reader, words: str, **options) -> list[tuple[str, str]]:
    """Kind and title of each hit, in the order of the alphabet."""
    return sorted((hit.kind, hit.title) for hit in search.search(reader, words, **options).hits)


def move(thread: Thread, **fields) -> None:
    """What a facilitator's act does: a change of the row, and a line of history."""
    Thread.objects.filter(pk=thread.pk).update(**fields)
    thread.refresh_from_db()
    record("changed", thread, by=None)


@pytest.fixture
def outsider(db):
    return make.ambassador("Olga Outside")


def test_a_post_is_found_by_its_words_and_a_thread_by_its_subject(alice, bob):
    thread = making.thread(making.topic(), alice, subject="Budgets for learning", body="We count families.")
    workflow.reply(thread, by=bob, body="We counted evenings instead.")

    assert found(bob, "count") == [("post", "Budgets for learning"), ("post", "Budgets for learning")]
    assert found(bob, "learning") == [("thread", "Budgets for learning")]
    assert found(bob, "budgts") == [("thread", "Budgets for learning")]


def test_a_private_conversation_is_found_by_its_people_and_not_by_staff(alice, bob, staff, outsider):
    workflow.start_private_thread(by=alice, to=bob, subject="Between us", body="The heron flew.")

    readers = [alice, bob, staff, outsider]
    assert [found(reader, "heron") for reader in readers] == [[("post", "Between us")], [("post", "Between us")], [], []]
    assert [found(reader, "between") for reader in readers] == [[("thread", "Between us")], [("thread", "Between us")], [], []]


def test_a_role_opens_and_closes_what_is_found_with_the_next_search(alice, bob, staff):
    space = making.micro(alice, openness="hidden")
    making.thread(space, alice, body="The heron flew.")

    before = [found(reader, "heron") for reader in (alice, bob, staff)]
    role = SpaceRole.objects.create(space=space, person=bob, role="promoter")
    as_promoter = found(bob, "heron")
    role.delete()

    assert (before, as_promoter) == ([[("post", "What worked this week")], [], []], [("post", "What worked this week")])
    assert found(bob, "heron") == []


def test_a_change_of_openness_takes_effect_with_the_next_search(alice, bob):
    space = making.micro(alice, openness="open")
    making.thread(space, alice, body="The heron flew.")

    as_open = found(bob, "heron")
    Space.objects.filter(pk=space.pk).update(openness="closed")

    assert (as_open, found(bob, "heron")) == ([("post", "What worked this week")], [])


@pytest.mark.parametrize(
    ("openness", "name_is_found", "outcome_is_found"),
    [("open", True, True), ("closed", True, False), ("hidden", False, False)],
)
def test_a_space_is_found_by_who_knows_of_it_and_its_outcome_by_who_reads_it(alice, bob, openness, name_is_found, outcome_is_found):
    space = making.micro(alice, name="Winter school", openness=openness)
    Space.objects.filter(pk=space.pk).update(outcome_note="We wrote the almanac.")
    record("changed", space, by=alice)

    assert [found(alice, words) for words in ("winter", "almanac")] == [[("space", "Winter school")]] * 2
    assert [bool(found(bob, words)) for words in ("winter", "almanac")] == [name_is_found, outcome_is_found]


def test_a_space_that_becomes_hidden_is_found_no_longer(alice, bob):
    space = making.micro(alice, name="Winter school", openness="closed")
    before = found(bob, "winter")
    Space.objects.filter(pk=space.pk).update(openness="hidden")
    record("changed", Space.objects.get(pk=space.pk), by=alice)

    assert (before, found(bob, "winter"), found(alice, "winter")) == (
        [("space", "Winter school")],
        [],
        [("space", "Winter school")],
    )


@pytest.mark.parametrize("status", ["hidden", "merged", "preparing"])
def test_a_thread_that_does_not_stand_is_found_by_nobody_until_it_does_again(alice, bob, staff, status):
    thread = making.thread(making.topic(), alice, subject="Herons", body="The bird flew.")
    making.talk(thread, bob)

    move(thread, status=status)
    away = [found(reader, words) for reader in (alice, bob, staff) for words in ("heron", "bird", "thing")]
    move(thread, status="locked")

    assert away == [[]] * 9
    assert [found(bob, words) for words in ("heron", "bird", "thing")] == [
        [("thread", "Herons")],
        [("post", "Herons")],
        [("post", "Herons")],
    ]


def test_a_thread_that_moves_takes_its_posts_along(alice, bob):
    thread = making.thread(making.topic(), alice, subject="Herons", body="The bird flew.")
    move(thread, space=making.micro(alice), subject="Storks")

    assert (found(bob, "bird"), found(alice, "bird"), found(alice, "stork")) == ([], [("post", "Storks")], [("thread", "Storks")])


def test_whoever_joins_or_leaves_a_private_conversation_finds_it_from_then_on_or_no_longer(alice, bob, outsider):
    thread = workflow.start_private_thread(by=alice, to=bob, subject="Between us", body="The heron flew.")
    Participant.objects.create(thread=thread, person=outsider, seat=3)
    Participant.objects.filter(thread=thread, person=bob).delete()
    record("changed", Thread.objects.get(pk=thread.pk), by=alice)

    assert [len(found(reader, "heron")) for reader in (alice, bob, outsider)] == [1, 0, 1]


@pytest.mark.parametrize("status", ["hidden", "withdrawn"])
def test_a_post_that_is_not_shown_is_found_by_nobody_and_again_when_it_is(alice, bob, status):
    thread = making.thread(making.topic(), alice)
    post = workflow.reply(thread, by=bob, body="The heron flew.")
    Post.objects.filter(pk=post.pk).update(status=status)
    signals.post_withdrawn.send(Post, post=post)
    away = [found(reader, "heron") for reader in (alice, bob)]
    Post.objects.filter(pk=post.pk).update(status="shown")
    record("restored", post, by=bob)

    assert (away, found(alice, "heron")) == ([[], []], [("post", "What worked this week")])


def test_an_edited_post_is_found_by_its_words_of_now(alice):
    post = making.thread(making.topic(), alice, body="The heron flew.").posts.get()
    Post.objects.filter(pk=post.pk).update(body="<p>The stork flew.</p>")
    signals.post_edited.send(Post, post=post)

    assert (found(alice, "heron"), found(alice, "stork")) == ([], [("post", "What worked this week")])


def test_indexing_all_anew_changes_nothing(alice, bob):
    making.talk(making.thread(making.topic(), alice), bob, alice)
    making.thread(making.micro(alice), alice)
    workflow.start_private_thread(by=alice, to=bob, subject="Between us", body="The heron flew.")
    fields = ("kind", "target_id", "audience", "author", "title", "text", "names", "url", "at", "vector")
    before = sorted(SearchEntry.objects.exclude(kind="person").values_list(*fields), key=str)
    call_command("reindex")

    assert sorted(SearchEntry.objects.exclude(kind="person").values_list(*fields), key=str) == before


def test_an_answer_costs_one_statement_to_be_found(alice, bob, django_assert_num_queries):
    thread = making.thread(making.topic(), alice)
    post = workflow.reply(thread, by=bob, body="The heron flew.")

    with django_assert_num_queries(1):
        search.index_new(post)


def test_facilitators_acts_take_what_is_found_along(alice, bob, outsider):
    host = making.host()
    thread = making.thread(making.topic(), alice, subject="Herons", body="The bird flew.")
    making.talk(thread, bob, alice)
    other = making.thread(making.topic("The kettle"), bob, subject="Tea", body="It whistles.")

    said = thread.posts.get(number=2)
    new = moving.split(thread, [said.pk], subject="Storks", by=host)
    after_split = found(outsider, "thing")
    moving.move(new, other.space, by=host)
    in_the_kettle = found(outsider, "thing", narrow=search.Narrow(place=f"space:{other.space_id}"))
    moving.merge(new, other, by=host)

    assert after_split == [("post", "Herons"), ("post", "Storks")]
    assert in_the_kettle == [("post", "Storks")]
    assert (found(outsider, "thing"), found(outsider, "storks")) == ([("post", "Herons"), ("post", "Tea")], [])


def test_who_is_added_to_a_private_conversation_finds_it_and_who_leaves_no_longer(alice, bob, outsider):
    thread = workflow.start_private_thread(by=alice, to=bob, subject="Between us", body="The heron flew.")
    people.add_people(thread, [outsider], by=alice)
    people.leave(thread, by=bob)

    assert [("post", "Between us") in found(reader, "heron") for reader in (alice, bob, outsider)] == [True, False, True]
