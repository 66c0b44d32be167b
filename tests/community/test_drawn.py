"""Parts of pages that are drawn once: by their inputs, and for nobody else."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.safestring import SafeString

from community.navigation import Link
from community.templatetags import drawn
from community.templatetags.drawn import Brand, draw, draw_each
from foundation import drawing
from foundation.models import Community
from tests.discussions import making as talking

FOOT = "components/site_footer.html"


def test_what_is_marked_as_safe_is_not_taken_for_the_same_text_that_is_not():
    escaped = draw(FOOT, community=Brand("<b>Tide</b>", "", "#0f6b62"), places=())

    assert "&lt;b&gt;Tide" in escaped
    with pytest.raises(TypeError, match="safe"):
        draw("components/avatar.html", name=SafeString("<b>Tide</b>"))


def test_another_input_is_another_part_and_the_same_is_drawn_once():
    before = drawing.drawn.cache_info().misses
    places = (Link("Norms of a test", "/norms/", "x", is_current=False),)
    first, again, other = (draw(FOOT, community=Brand(name, "", ""), places=places) for name in ("Ebb", "Ebb", "Flow"))

    assert first == again != other
    assert drawing.drawn.cache_info().misses - before == 2


def test_the_memory_is_bounded():
    assert drawing.drawn.cache_info().maxsize == 2048
    assert drawn._post.cache_info().maxsize == 1024


def test_each_item_is_drawn_with_what_all_are_given():
    assert draw_each("components/avatar.html", ["x"], name="Ana Lu", size="small", photo="").count("AL") == 1


def header(client, person, url="/settings/") -> str:
    client.force_login(person)
    return client.get(url).content.decode().partition("<main")[0]


def test_everybody_gets_their_own_name_places_and_token_in_the_head(client, alice, bob, staff):
    tokens = set()
    for person in (alice, bob, staff, alice):
        head = header(client, person)
        assert [name in head for name in ("Alice Amadi", "Bob Brandt", "Sam Staff")] == [
            person.name == name for name in ("Alice Amadi", "Bob Brandt", "Sam Staff")
        ]
        assert ("/admin/" in head) == person.is_staff
        tokens.add(head.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0])
        assert drawing.TOKEN not in head

    assert len(tokens) == 4
    assert {len(token) for token in tokens} == {64}


def test_the_head_says_where_one_is(client, alice):
    assert 'href="/settings/" aria-current="page"' in header(client, alice)
    assert 'href="/settings/" aria-current="page"' not in header(client, alice, "/desk/")


def test_a_new_name_of_the_community_stands_in_head_and_foot_at_once(client, alice):
    header(client, alice)
    community = Community.found("Ebb")
    community.name = "Flow & Co"
    community.save()
    client.force_login(alice)

    page = client.get("/settings/").content.decode()

    assert '<span class="brand__name">Flow &amp; Co</span>' in page
    assert "<strong>Flow &amp; Co</strong>" in page


def test_a_form_with_the_remembered_heads_token_is_accepted(alice):
    client = Client(enforce_csrf_checks=True)
    token = header(client, alice).partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]

    assert client.post("/accounts/logout/", {"csrfmiddlewaretoken": token}).status_code == 302
    client.force_login(alice)
    assert client.post("/accounts/logout/", {"csrfmiddlewaretoken": "0" * 64}).status_code == 403


def test_each_reader_presses_their_own_buttons_with_their_own_token(client, alice, bob):
    thread = talking.thread(talking.topic(), alice)
    talking.talk(thread, bob)
    post = thread.posts.get(number=1)
    thanks = f'action="/discussions/posts/{post.pk}/thank/"'
    pages, tokens = {}, set()
    for person in (alice, bob, alice):
        client.force_login(person)
        pages[person] = client.get(thread.get_absolute_url()).content.decode()
        found = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', pages[person]))
        assert len(found) == 1
        assert drawing.TOKEN not in pages[person]
        tokens |= found

    assert len(tokens) == 3
    assert (thanks in pages[alice], thanks in pages[bob]) == (False, True)
    client.force_login(bob)
    client.post(f"/discussions/posts/{post.pk}/thank/")
    assert thanks not in client.get(thread.get_absolute_url()).content.decode()
