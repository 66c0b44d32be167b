"""The page of a thread: who speaks and from which seat, what is new, how one gets about in it, and what it costs."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.urls import reverse

from discussions import acts, workflow
from discussions.acts import Act
from discussions.models import Post, ReadMark, Thread
from discussions.paging import POSTS_A_PAGE
from foundation.models import RoleLabel
from tests.discussions import making

FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def as_bob(client, bob):
    client.force_login(bob)
    return client


@pytest.fixture
def talk(alice):
    """Alice began a thread in a topic."""
    return making.thread(making.topic(), alice)


def label(person, *names) -> None:
    person.ambassador.role_labels.set([RoleLabel.objects.get_or_create(name=name)[0] for name in names])


def grown(thread, by, last) -> None:
    """Let the thread have posts up to number `last`, without saying each through the workflow."""
    first = thread.posts.get(number=1)
    rows = [Post(thread=thread, number=n, author=by, body=f"<p>No {n}</p>", posted_at=first.posted_at) for n in range(2, last + 1)]
    Post.objects.bulk_create(rows)
    Thread.objects.filter(pk=thread.pk).update(last_number=last)


def article(page, number) -> str:
    return re.search(rf'<article class="[^"]*" id="post-{number}".*?</article>', page.content.decode(), re.DOTALL)[0]


@pytest.mark.row("D1")
def test_each_post_has_an_address_its_author_labels_and_the_readers_time(client, bob, alice, talk):
    label(alice, "backbone organization", "funder of initiatives", "blog contributor")
    bob.time_zone = "Pacific/Auckland"
    bob.save()
    client.force_login(bob)
    with time_machine.travel("2026-11-20 14:05:00Z", tick=False):
        post = workflow.reply(talk, by=alice, body="Two things.")

    with time_machine.travel("2026-11-22 09:00:00Z", tick=False):
        shown = article(client.get(talk.get_absolute_url()), 2)
        place = client.get(f"/discussions/posts/{post.pk}/")

    assert "Alice Amadi" in shown
    assert "backbone organization · blog contributor · funder of initiatives" in shown
    assert '<time datetime="2026-11-20T14:05:00Z" title="Saturday, 21 November 2026, 03:05 (NZDT)">yesterday, 03:05</time>' in shown
    assert f'href="/discussions/posts/{post.pk}/"' in shown
    assert place.url == f"{talk.get_absolute_url()}#post-2"


@pytest.mark.row("D4")
def test_three_labels_are_shown_and_none_leaves_no_markup(as_bob, alice, talk):
    workflow.reply(talk, by=alice, body="Without a label.")
    label(alice, "consultant", "funder of initiatives", "blog contributor")
    workflow.reply(talk, by=alice, body="With three.")

    page = as_bob.get(talk.get_absolute_url())

    assert "post__roles" not in article(page, 2)
    assert "<span>blog contributor · consultant · funder of initiatives</span>" in article(page, 3)


@pytest.mark.row("D5")
def test_labels_stay_those_of_the_day_and_say_then_when_they_differ_from_todays(as_bob, alice, talk):
    label(alice, "funder of initiatives")
    workflow.reply(talk, by=alice, body="As a funder.")
    assert "then" not in article(as_bob.get(talk.get_absolute_url()), 2)

    label(alice, "backbone organization")
    workflow.reply(talk, by=alice, body="As a backbone.")
    page = as_bob.get(talk.get_absolute_url())

    assert "<span>funder of initiatives</span>" in article(page, 2)
    assert 'title="Roles on the day this was written">then</summary>' in article(page, 2)
    assert "Today: backbone organization." in article(page, 2)
    assert "<span>backbone organization</span>" in article(page, 3)
    assert "then" not in article(page, 3)


def test_what_is_new_since_the_last_visit_begins_below_a_bar(as_bob, bob, alice, talk):
    grown(talk, alice, POSTS_A_PAGE + 5)
    with time_machine.travel("2026-11-20 14:05:00Z", tick=False):
        workflow.mark_read(Thread.objects.get(), by=bob, number=3)

    page = as_bob.get(talk.get_absolute_url())
    later = as_bob.get(talk.get_absolute_url(), {"from": "21"})

    assert [shown.line.number for shown in page.context["rows"] if shown.bar] == [4]
    assert page.context["rows"][3].bar == "New since 20 November"
    assert page.context["bar"].unread == ("22 new since 20 November", "#new")
    assert [shown.bar for shown in later.context["rows"] if shown.bar] == []
    assert later.context["bar"].unread.url == f"{talk.get_absolute_url()}?from=1#new"


def test_whose_reading_is_not_remembered_gets_no_bar_and_nothing_is_kept(as_bob, bob, alice, talk):
    ReadMark.objects.create(thread=talk, person=bob, number=1)
    workflow.reply(talk, by=alice, body="More.")
    bob.remembers_reading = False
    bob.save()

    page = as_bob.get(talk.get_absolute_url())

    assert (page.context["bar"], page.context["is_unread"], [shown.bar for shown in page.context["rows"]]) == (
        None,
        False,
        ["", ""],
    )
    assert as_bob.post(reverse("discussions:thread-read", args=[talk.pk]), {"number": "2"}).status_code == 302
    assert ReadMark.objects.get(person=bob).number == 1


def test_a_mark_set_while_somebody_reads_changes_nothing_on_the_page(as_bob, bob, talk):
    answer = as_bob.post(reverse("discussions:thread-read", args=[talk.pk]), {"number": "1"}, headers={"X-Requested-With": "fetch"})

    assert (answer.status_code, answer.content) == (204, b"")
    assert ReadMark.objects.get(person=bob).number == 1


@pytest.mark.parametrize(
    ("asked", "place"),
    [("25", "?from=21#post-25"), ("999", "?from=21#post-30"), ("0", "?from=1#post-1"), (" 3 ", "?from=1#post-3")],
)
def test_one_can_go_to_a_post_by_its_number(as_bob, alice, talk, asked, place):
    grown(talk, alice, 30)

    assert as_bob.get(talk.get_absolute_url(), {"post": asked}).url == f"{talk.get_absolute_url()}{place}"


def test_htmx_gets_the_posts_alone_with_the_way_on(as_bob, alice, talk):
    grown(talk, alice, 45)

    later = as_bob.get(talk.get_absolute_url(), {"from": "21"}, headers=FRAGMENT | {"HX-Target": "posts-later"}).content.decode()
    earlier = as_bob.get(
        talk.get_absolute_url(), {"from": "21"}, headers=FRAGMENT | {"HX-Target": "posts-earlier"}
    ).content.decode()

    for part, way in ((later, "?from=41"), (earlier, "?from=1")):
        assert re.findall(r'data-post="(\d+)"', part) == [str(number) for number in range(21, 41)]
        assert "<html" not in part
        assert re.findall(r'href="[^"]*(\?from=\d+)"', part) == [way]


def test_a_post_that_was_hidden_keeps_its_place_and_its_words_are_for_few(client, bob, alice, talk):
    workflow.reply(talk, by=alice, body="Something unkind.")
    talk.posts.filter(number=2).update(status="hidden")
    shown = {}
    for reader in (bob, alice, making.host()):
        client.force_login(reader)
        shown[reader.name] = article(client.get(talk.get_absolute_url()), 2)

    assert {name: "Something unkind." in html for name, html in shown.items()} == {
        "Bob Brandt": False,
        "Alice Amadi": True,
        "Hedda Host": True,
    }
    assert {name: "Hidden by a facilitator." in html for name, html in shown.items()} == dict.fromkeys(shown, True)


def test_no_part_is_asked_about_a_post_that_its_reader_may_not_read(as_bob, alice, talk, monkeypatch):
    asked = []
    monkeypatch.setitem(acts.post_acts._entries, "spy", lambda reader, thread, posts: asked.append([p.number for p in posts]) or {})
    workflow.reply(talk, by=alice, body="Something unkind.")
    talk.posts.filter(number=2).update(status="withdrawn")

    as_bob.get(talk.get_absolute_url())

    assert asked == [[1]]


def test_acts_are_buttons_or_stand_in_a_menu(as_bob, talk, monkeypatch):
    two = [Act("Thank", "/thank/", posts=True, pressed=True, in_menu=False), Act("Report", "/report/")]
    monkeypatch.setitem(acts.post_acts._entries, "spy", lambda reader, thread, posts: {posts[0].pk: two})

    shown = article(as_bob.get(talk.get_absolute_url()), 1)
    inline, menu = shown.split('<details class="menu', 1)

    assert '<form method="post" action="/thank/"><input type="hidden" name="csrfmiddlewaretoken"' in inline
    assert 'aria-pressed="true">Thank</button>' in inline
    assert '<a class="menu__item" href="/report/">Report</a>' in menu


def test_who_left_without_credit_has_no_name_face_or_label(as_bob, alice, talk):
    label(alice, "consultant")
    workflow.reply(talk, by=alice, body="Bye.")
    type(alice).objects.filter(pk=alice.pk).update(is_credited=False)

    page = as_bob.get(talk.get_absolute_url()).content.decode()

    assert [word for word in ("Alice", "alice", "consultant") if word in page] == []
    assert page.count("a former member") == 4  # each of two posts says it above its words and in its menu


@pytest.mark.row("R31")
@pytest.mark.parametrize("last", [1, 3, 20, 5000])
def test_a_page_of_a_thread_costs_the_same_however_long_it_is(as_bob, alice, talk, last, django_assert_num_queries):
    grown(talk, alice, last)

    with django_assert_num_queries(5):
        page = as_bob.get(talk.get_absolute_url(), {"from": str(last)})

    assert len(page.context["posts"]) == min(last, POSTS_A_PAGE)


def test_answering_in_a_space_needs_a_role_that_speaks(client, alice, bob):
    space = making.micro(alice, openness="open")
    thread = making.thread(space, alice)
    client.force_login(making.join(space, bob, "promoter"))

    assert client.get(thread.get_absolute_url()).context["can_answer"] is False
    client.force_login(alice)
    assert client.get(thread.get_absolute_url()).context["can_answer"] is True
