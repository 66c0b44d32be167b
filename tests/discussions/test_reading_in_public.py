"""What visitors read of the reading list comes from the cache, which hears of all that changes it and of nothing else."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from discussions import workflow
from discussions.asking import reading
from discussions.models import ReadingItem
from discussions.moderation import workflow as order
from discussions.posts import workflow as posts
from foundation.publication import VERSION
from tests.discussions import making


@pytest.fixture
def item(alice) -> ReadingItem:
    """Recommended by Alice in a topic, and shown to everybody."""
    post = making.thread(making.topic(), alice, body="Read The Long Table.").posts.get()
    item = reading.lift(post, by=alice, title="The Long Table")
    reading.show_to_everybody(item, named=True, by=alice)
    return item


CHANGES = {
    "kept among members": lambda item, by: reading.keep_among_members(item, by=by),
    "taken off": lambda item, by: reading.take_off(item, by=by),
    "taken back": lambda item, by: posts.withdraw(item.post, by=by),
    "hidden": lambda item, by: order.hide_post(item.post, by=making.host(), reason="Not here."),
    "its conversation hidden": lambda item, by: order.hide_thread(item.post.thread, by=making.host(), reason="Not here."),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changes_the_public_list_turns_the_cached_pages_over(client, alice, item, change, django_capture_on_commit_callbacks):
    assert "The Long Table" in client.get("/reading/").content.decode()
    cache.set(VERSION, "before")

    with django_capture_on_commit_callbacks(execute=True):
        change(item, alice)

    assert cache.get(VERSION) not in {None, "before"}
    assert "The Long Table" not in client.get("/reading/").content.decode()


def test_what_is_said_beside_it_leaves_the_cached_pages_alone(alice, bob, item, django_capture_on_commit_callbacks):
    cache.set(VERSION, "before")

    with django_capture_on_commit_callbacks(execute=True):
        workflow.reply(item.post.thread, by=bob, body="I have read it.")
        other = making.thread(item.post.thread.space, bob, subject="Something else")
        posts.edit(other.posts.get(), by=bob, body="In other words.", revision=1)

    assert cache.get(VERSION) == "before"


def test_visitors_find_it_where_the_community_is_described_and_search_engines_in_the_sitemap(client, item, settings):
    settings.PAGE_CACHE = True
    cache.clear()

    first, second = (Client().get("/reading/") for _number in range(2))

    assert first.content == second.content
    assert (first.cookies.output(), first.headers["Cache-Control"].startswith("private")) == ("", False)
    assert '<a class="section-nav__link" href="/reading/" aria-current="page">' in first.content.decode()
    assert 'href="/reading/"' in client.get("/community/").content.decode()
    assert "http://localhost/reading/" in client.get("/sitemap-pages.xml").content.decode()


def test_the_public_list_costs_a_visitor_no_query_once_it_is_kept(client, item, settings, django_assert_num_queries):
    settings.PAGE_CACHE = True
    cache.clear()
    client.get("/reading/")

    with django_assert_num_queries(0):
        assert "Recommended by Alice Amadi" in client.get("/reading/").content.decode()
