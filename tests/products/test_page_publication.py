"""What is published, retired and withdrawn is seen by visitors within seconds, and a draft turns no page over."""

from __future__ import annotations

import threading
import time
from datetime import date
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from foundation import publication
from foundation.models import Pillar
from foundation.search import search
from products.drafting import workflow as drafting
from products.models import Credit, Edition, PillarAddress, Product, Reading
from products.pages.finding import VISITOR
from products.road import keeping
from products.road import workflow as road
from tests import make
from tests.products import making, publishing

SOON = 0.5  # seconds; another process asks again after one more (community/at_hand.py)
ATOM = "{http://www.w3.org/2005/Atom}"


def approved() -> Edition:
    """An edition that only waits for an editor's press."""
    edition = publishing.out(make.ambassador("Anna Author"))
    Product.objects.filter(pk=edition.product_id).update(current=None)
    Edition.objects.filter(pk=edition.pk).update(status="approved", published_at=None)
    return Edition.objects.get(pk=edition.pk)


def test_a_page_comes_from_the_cache_without_a_query_and_with_its_tag(client, db, settings, django_assert_num_queries):
    settings.PAGE_CACHE = True
    publishing.of_parts()
    urls = ["/products/", "/products/the-whole-of-it/", "/products/the-whole-of-it/lending/", reverse("products:product-feed")]
    tags = {url: client.get(url).headers["ETag"] for url in urls}

    with django_assert_num_queries(0):
        again = {url: client.get(url).status_code for url in urls}
        confirmed = {url: client.get(url, headers={"If-None-Match": tag}).status_code for url, tag in tags.items()}

    assert (set(again.values()), set(confirmed.values())) == ({200}, {304})


@pytest.fixture
def turned(monkeypatch, db, django_capture_on_commit_callbacks):
    """How often the cache was told of a change by what a function does."""

    def count(act) -> int:
        times = []
        monkeypatch.setattr(publication, "take_new_version", lambda: times.append(1))
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return bool(times)

    return count


def test_a_draft_that_is_saved_turns_no_page_over(turned):
    author = make.ambassador("Dora Draft")
    drafts = []

    assert turned(lambda: drafts.append(making.draft(author))) is False
    assert turned(lambda: drafting.save_edition(drafts[0], by=author, revision=drafts[0].revision, summary="More.")) is False


@pytest.mark.parametrize("change", ["publish", "retire", "consent", "reading", "announce", "take an announcement back", "pillar"])
def test_what_visitors_would_see_turns_the_pages_over(turned, change):
    waiting, out = approved(), publishing.out(make.ambassador("Olga Out"), title="Out")
    draft, coming = making.draft(make.ambassador("Dora Draft"), title="To come"), publishing.coming()
    acts = {
        "publish": lambda: road.publish(waiting, by=making.editor(), revision=waiting.revision),
        "retire": lambda: publishing.retire(out),
        "consent": lambda: Credit.objects.get(product=out.product).save(),
        "reading": lambda: Reading.objects.create(product=out.product, title="But", address="https://a.example/"),
        "announce": lambda: keeping.announce(
            draft.product, by=making.editor(), expected_on=date(2099, 3, 1), announced_as="To come"
        ),
        "take an announcement back": lambda: keeping.take_announcement_back(coming, by=making.editor()),
        "pillar": lambda: Pillar.objects.create(name="Listening"),
    }

    assert turned(acts[change]) is True


@pytest.mark.django_db(transaction=True)
def test_in_a_spike_visitors_see_what_was_published_and_withdrawn_within_seconds(settings):
    """Six visitors ask without pause; from half a second after the press on none of them gets what was there before."""
    settings.PAGE_CACHE = True
    edition, ends = approved(), threading.Event()
    answers: list[tuple[float, int]] = []

    def visitor():
        while not ends.is_set():
            begun = time.monotonic()
            answers.append((begun, Client().get("/products/who-stays-and-why/").status_code))
        connection.close()

    threads = [threading.Thread(target=visitor) for _ in range(6)]
    for thread in threads:
        thread.start()
    try:
        time.sleep(0.3)
        editor, pressed = making.editor(), time.monotonic()
        road.publish(edition, by=editor, revision=edition.revision)
        published = time.monotonic()
        time.sleep(SOON + 0.3)
        withdrawing = time.monotonic()
        publishing.retire(edition, is_withdrawn=True)
        withdrawn = time.monotonic()
        time.sleep(SOON + 0.3)
    finally:
        ends.set()
        for thread in threads:
            thread.join()

    before = {status for begun, status in answers if begun < pressed - 0.2}
    out = {status for begun, status in answers if published + SOON < begun < withdrawing - 0.2}
    after = {status for begun, status in answers if begun > withdrawn + SOON}
    assert (before, out, after) == ({404}, {200}, {410})


@pytest.mark.row("F7")
def test_the_feed_holds_whole_texts_with_notes_that_lead_to_the_page(client, db):
    publishing.out(make.ambassador("Anna Author"), summary="Six clubs tell.")

    root = ElementTree.fromstring(client.get(reverse("products:product-feed")).content)

    (entry,) = root.iter(f"{ATOM}entry")
    content = entry.findtext(f"{ATOM}content")
    page = "http://localhost/products/who-stays-and-why/editions/1/#"
    assert content.count(f'href="{page}note-') == 3
    assert content.count(f'href="{page}ref-') == 3
    assert ("[^" in content, "<ol>" in content, "In the first week." in content) == (False, True, True)
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Anna Author"
    # and each of those places is there on the page
    html = client.get("/products/who-stays-and-why/editions/1/").content.decode()
    assert [place for place in ("note-1", "note-2", "ref-1", "ref-1-2", "ref-2") if f'id="{place}"' not in html] == []


def test_the_sitemap_lists_what_is_out_and_the_pillars(client, db):
    Pillar.objects.create(name="Listening")
    publishing.out()
    making.draft(make.ambassador("Dora Draft"), title="A draft")

    products, pillars = (client.get(f"/sitemap-{name}.xml").content.decode() for name in ("products", "pillars"))

    assert ("/products/who-stays-and-why/<" in products, "a-draft" in products) == (True, False)
    assert "/pillars/listening/<" in pillars


def test_what_is_out_is_found_by_everybody_and_what_comes_before_by_members(db):
    member = make.ambassador("Mia Member")
    waiting = approved()
    road.publish(waiting, by=making.editor(), revision=waiting.revision)
    presented = publishing.out(make.ambassador("Pia Author"), title="Presented harbours")
    Product.objects.filter(pk=presented.product_id).update(current=None)
    Edition.objects.filter(pk=presented.pk).update(status="in review")
    presented.refresh_from_db()
    road.apply(road.PRESENT, presented, by=making.editor(), status_since=publishing.MAY)
    road.edition_moved.send(sender=Edition, edition=presented, before="in review", by=None, note="")
    making.draft(member, title="Drafted harbours")

    found = {
        who: sorted({hit.title for words in ("clubs", "harbours") for hit in search(who, words, kind="product").hits})
        for who in (VISITOR, member)
    }

    assert found == {VISITOR: ["Who stays, and why"], member: ["Presented harbours", "Who stays, and why"]}


def test_what_is_retired_is_found_no_more(db):
    waiting = approved()
    road.publish(waiting, by=making.editor(), revision=waiting.revision)
    publishing.retire(waiting)

    assert search(VISITOR, "clubs", kind="product").hits == []


@pytest.mark.row("F2")
def test_retitling_a_pillar_updates_every_listing_and_keeps_the_old_address(client, db):
    pillar = Pillar.objects.create(name="Listening")
    publishing.out(product_pillars=[pillar])
    pillar.name, pillar.slug = "Hearing people out", "hearing"
    pillar.save()

    shown = [client.get(url).content.decode() for url in ("/products/", "/products/who-stays-and-why/", "/pillars/hearing/")]
    former = client.get("/pillars/listening/")

    assert [("Hearing people out" in html, "Listening" in html) for html in shown] == [(True, False)] * 3
    assert (former.status_code, former.url) == (301, "/pillars/hearing/")
    assert PillarAddress.objects.count() == 1


def test_the_page_of_a_pillar_shows_members_who_talks_about_it_and_visitors_not(client, db):
    from tests.discussions import making as talk  # deferred: only this test talks

    Pillar.objects.create(name="Listening", description="Before anything else.")
    talk.thread(talk.topic(), make.ambassador("Tom Talker"), "Listening in February")

    as_visitor = client.get("/pillars/listening/").content.decode()
    client.force_login(make.ambassador("Mia Member"))
    as_member = client.get("/pillars/listening/").content.decode()

    assert ("Before anything else." in as_visitor, "in February" in as_visitor, "in February" in as_member) == (True, False, True)
