"""What is public and what is not, by walking: a visitor's crawl of every address, and the real cache between staff and visitors."""

from __future__ import annotations

import time

import pytest
import requests
from django.contrib.auth.models import AnonymousUser
from django.urls import Resolver404, resolve

from ambassadors.models import Ambassador
from community.models import Page, PageKey
from community.pages import workflow as pages
from community.stories.workflow import testimonials
from foundation.models import Community
from tests import make
from tests.community import making
from tests.community.test_access import rows
from tests.community.test_leaks import client_of, crawl, entry_pages, plant_all

SOON = 2.0  # seconds


def name_of(url: str) -> str:
    try:
        return resolve(url.partition("?")[0]).view_name
    except Resolver404:
        return ""


@pytest.mark.row("J1")
def test_crawl_of_every_address_as_visitor_opens_only_what_the_table_opens(db):
    garden = plant_all()
    shown = make.ambassador("Shown Sharma", listed_for="public").ambassador
    hidden = make.ambassador("Hidden Hansen").ambassador
    client = client_of(garden, "visitor")

    reached = crawl(client, [*entry_pages(), *garden.pages, shown.get_absolute_url(), hidden.get_absolute_url()])
    opened = {url for url in reached if client.get(url).status_code == 200}

    in_the_table = {row.name for row in rows() if row.method == "get" and row.expect[0] == 200}
    assert {name_of(url) for url in opened} - in_the_table == set()
    assert {"community:home", "ambassadors:ambassador-list", "ambassadors:ambassador-detail"} <= {name_of(url) for url in opened}
    text = "\n".join(reached.values())
    private = [canary for canary, readers in garden.allowed.items() if "visitor" not in readers]
    assert len(private) > 30
    assert [canary for canary in [*private, "Hidden Hansen"] if canary in text] == []
    assert "Shown Sharma" in text


@pytest.fixture
def visit(live_server, settings, transactional_db):
    """Ask the running site as a visitor, through the real cache; the second time the answer came from there."""
    settings.PAGE_CACHE = True
    Community.found()

    def visit(path: str) -> requests.Response:
        return requests.get(live_server.url + path, timeout=20)

    return visit


def seen_soon(visit, path: str, true) -> bool:
    deadline = time.monotonic() + SOON
    while time.monotonic() < deadline:
        if true(visit(path)):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.services
@pytest.mark.row("J1")
def test_published_page_is_seen_by_visitors_within_seconds(visit):
    staff = make.person("Sam Staff", is_staff=True)
    draft = pages.draft_begin(Page.objects.get_or_create(key=PageKey.NORMS)[0], by=staff)
    pages.draft_save(draft, by=staff, revision=1, title="Norms", lead="Be kind, and say so.", body="<p>Listen first.</p>")
    before = [visit("/norms/").text for _ in range(2)]
    draft.refresh_from_db()

    pages.edition_publish(draft, by=staff, revision=draft.revision)

    assert before[0] == before[1]
    assert "Listen first." not in before[0]
    assert seen_soon(visit, "/norms/", lambda page: "Listen first." in page.text)


@pytest.mark.services
@pytest.mark.row("J1")
def test_profile_that_is_for_members_now_is_gone_for_visitors_within_seconds(visit):
    alice = make.ambassador("Alice Amadi", listed_for="public").ambassador
    path = alice.get_absolute_url()
    before = [visit(path).status_code for _ in range(2)]

    alice.listed_for = "members"
    alice.save()

    assert before == [200, 200]
    assert seen_soon(visit, path, lambda page: page.status_code == 404)
    assert seen_soon(visit, "/ambassadors/", lambda page: "Alice Amadi" not in page.text)
    assert list(Ambassador.objects.visible_to(AnonymousUser())) == []


@pytest.mark.services
@pytest.mark.row("J1")
def test_testimonial_that_was_withdrawn_is_gone_within_seconds(visit):
    alice = make.ambassador("Alice Amadi")
    words = making.words_of(alice, text="It made me braver, week by week.", page="community")
    before = [visit("/community/").text for _ in range(2)]

    testimonials.withdraw(words, by=alice)

    assert "It made me braver, week by week." in before[1]
    assert seen_soon(visit, "/community/", lambda page: "It made me braver" not in page.text)


@pytest.mark.services
def test_visitors_get_no_cookie_on_public_pages(visit):
    paths = ("/", "/community/", "/norms/", "/news/", "/about/", "/ambassadors/", "/products/", "/robots.txt", "/sitemap.xml")

    assert [path for path in paths if visit(path).status_code != 200 or "Set-Cookie" in visit(path).headers] == []
