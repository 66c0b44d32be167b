"""Conversations made in bulk are of the same shape as those that the workflow makes."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.db.models import Count, F, Max

from community.demo.bulk_talk import talk_a_lot
from community.demo.spaces import TOPICS
from discussions import workflow
from discussions.models import Post, ReadMark, Thread
from foundation import search
from foundation.models import SearchEntry
from foundation.search.indexing import index_all
from tests import make
from tests.discussions import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(alice):
    making.topic(TOPICS[0][0])
    for number in range(7):
        make.ambassador(f"Person {number}")
    with transaction.atomic():
        talk_a_lot(threads=50, posts=300, seed=1)


def entries() -> dict[tuple[str, str], tuple[object, ...]]:
    """Where the words stand in a text is left out: the bulk counts them paragraph by paragraph."""
    rows = SearchEntry.objects.filter(kind__in=["post", "thread"]).extra(select={"words": "strip(vector)"})
    return {
        (row.kind, row.target_id + row.audience): (row.title, row.text, row.names, row.url, row.at, row.author_id, row.words)
        for row in rows
    }


def test_what_is_found_of_them_is_what_indexing_them_anew_finds(crowd):
    before = entries()
    for kind in ("thread", "post"):
        index_all(kind)

    assert len(before) > 300
    assert entries() == before


def test_numbers_have_no_gaps_and_threads_know_their_newest_post(crowd):
    threads = Thread.objects.annotate(posts_there=Count("posts"), newest=Max("posts__number"))

    assert threads.count() == 50
    assert 200 <= Post.objects.count() <= 350
    assert list(threads.exclude(posts_there=F("last_number"), newest=F("last_number"))) == []
    assert Post.objects.filter(told_at=None).count() == 0


def test_everybody_reads_what_they_have_read_and_can_answer(crowd, alice):
    thread = Thread.objects.order_by("-last_number").first()
    seen = Thread.objects.visible_to(alice).filter(pk__in=ReadMark.objects.filter(person=alice).values("thread"))

    post = workflow.reply(thread, by=alice, body="The heron flew.")

    assert (post.number, Post.objects.visible_to(alice).filter(pk=post.pk).count()) == (thread.last_number + 1, 1)
    assert seen.count() == ReadMark.objects.filter(person=alice).values("thread").distinct().count()
    assert [hit.title for hit in search.search(alice, "heron").hits] == [thread.subject]
