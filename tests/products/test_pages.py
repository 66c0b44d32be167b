"""The public pages of products: what a reader finds at each address, and what stands there once it is retired, moved or withdrawn."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from community.pages.defaults import fill_pages
from foundation.models import Pillar
from products.drafting.parts import RESERVED
from products.models import Credit, Edition, Product, ProductAddress, Readership, Review, ReviewRound
from products.road import keeping
from products.road import workflow as road
from tests import make
from tests.products import making, publishing

pytestmark = pytest.mark.django_db


def page(client, url) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("<main")[1].split("</main>", maxsplit=1)[0]).split())


def test_an_article_reads_with_its_notes_both_ways(client):
    edition = publishing.out(make.ambassador("Anna Author"), summary="Six clubs tell.")

    html = page(client, edition.product.get_absolute_url())

    ids, targets = set(re.findall(r' id="([^"]+)"', html)), re.findall(r'href="#([^"]+)"', html)
    assert [target for target in targets if target not in ids] == []
    assert re.findall(r'<li id="(note-\d)"', html) == ["note-1", "note-2"]
    assert "[^" not in html
    assert "Anna Author" in text(html)


@pytest.mark.row("F1")
def test_publishing_the_second_edition_leaves_the_first_at_its_address_with_a_notice(client):
    first = publishing.of_parts(make.ambassador("Anna Author"))
    second = publishing.next_edition(first, body="<p>All of it is new.</p>")

    old, new = page(client, first.get_absolute_url()), page(client, first.product.get_absolute_url())

    assert ("Six clubs" in old, "There is a newer edition" in old) == (True, True)
    assert (second.product.get_absolute_url() in old, "There is a newer edition" in new) == (True, False)
    assert ("All of it is new." in new, "Six clubs" in new) == (True, False)
    assert page(client, second.get_absolute_url())


def test_each_part_has_its_page_and_the_whole_is_there_as_well(client):
    edition = publishing.of_parts()
    whole, part = page(client, edition.product.get_absolute_url()), page(client, "/products/the-whole-of-it/lending/")

    assert re.findall(r"<h([1-6])[^>]*>([^<]+)</h", whole.split('class="behind"')[0].split("<main")[1])[:5] == [
        ("1", "The whole of it"),
        ("2", "What we mean"),
        ("3", "Who was asked"),
        ("3", "What they said"),
        ("2", "Listening"),
    ]
    assert re.findall(r'<li id="note-[a-z]+-(\d)"', whole) == ["1", "2", "3", "4"]
    assert ("Lending first." in part, "Listening first." in part, 'id="note-1"' in part) == (True, False, True)
    assert client.get("/products/the-whole-of-it/editions/1/lending/").status_code == 200
    assert client.get("/products/the-whole-of-it/nothing/").status_code == 404


@pytest.mark.parametrize(
    "below", ["", "editions/1/", "editions/1/lending/", "lending/", "files/the-paper/", "editions/1/citation.json"]
)
def test_former_addresses_lead_to_the_one_of_today(client, below):
    edition = publishing.of_parts()
    publishing.add_file(edition)
    ProductAddress.objects.create(product=edition.product, slug="what-it-was-called")

    answer = client.get(f"/products/what-it-was-called/{below}")

    assert (answer.status_code, answer.url) == (301, f"/products/the-whole-of-it/{below}")
    assert client.get(answer.url).status_code == 200


def test_what_is_retired_says_why_and_stays_readable(client):
    edition = publishing.out()
    publishing.retire(edition, "Two clubs have closed since.")

    for url in (edition.get_absolute_url(), edition.product.get_absolute_url()):
        said = text(page(client, url))
        assert ("Two clubs have closed since." in said, "Six clubs" in said) == (True, True)


def test_what_is_withdrawn_is_gone_with_its_reason_and_none_of_its_words(client):
    edition = publishing.of_parts(summary="Six clubs tell.")
    publishing.add_file(edition)
    publishing.retire(edition, "A club took its words back.", is_withdrawn=True)

    below = ["", "editions/1/", "editions/1/lending/", "editions/1/citation.json"]
    answers = [client.get(f"/products/the-whole-of-it/{one}") for one in below]

    assert [answer.status_code for answer in answers] == [410] * len(below)
    bodies = [answer.content.decode() for answer in answers]
    assert all("A club took its words back." in body for body in bodies)
    assert [body for body in bodies if "Six clubs" in body or "The whole of it" in body] == []
    assert client.get("/products/the-whole-of-it/files/the-paper/").status_code == 404
    assert "the-whole-of-it" not in page(client, reverse("products:product-feed"))


def test_readers_of_a_product_that_moved_are_led_on(client):
    gone, other = publishing.out(), publishing.out(title="What lasts")
    publishing.retire(gone, "It is part of the other one now.")
    Product.objects.filter(pk=gone.product_id).update(moved_to=other.product)

    answer = client.get(gone.product.get_absolute_url())

    assert (answer.status_code, answer.url) == (301, "/products/what-lasts/")
    assert "Read what has taken its place" in page(client, gone.get_absolute_url())


@pytest.mark.row("F8")
def test_the_card_of_a_former_member_shows_what_they_agreed_to_and_leads_to_no_profile(client):
    former = make.ambassador("Freya Former", status="alumni")
    edition = publishing.out(former)
    Credit.objects.filter(product=edition.product).update(name="F. Former", title="Harbour master", tagline="Counts boats.")

    html = page(client, edition.product.get_absolute_url())

    said = text(html)
    assert [word in said for word in ("F. Former", "Harbour master", "Counts boats.")] == [True, True, True]
    assert ("Freya" in html, "freya-former" in html) == (False, False)


def test_whoever_takes_their_name_back_is_named_nowhere_any_more(client):
    edition = publishing.out(make.ambassador("Anna Author"))
    url = edition.product.get_absolute_url()
    assert page(client, url).count("Anna Author") > 2

    credit = Credit.objects.get(product=edition.product)
    credit.withdrawn_at = credit.agreed_at
    credit.save()

    shown = [page(client, one) for one in (url, "/products/", reverse("products:product-feed"))]
    assert [html for html in shown if "Anna Author" in html] == []


def test_how_it_was_made_names_who_agreed_and_counts_the_others(client):
    edition = publishing.out()
    opened = ReviewRound.objects.create(edition=edition, number=1, revision=1, due_on="2026-05-01", reviews_needed=3)
    said = {"round": opened, "due_on": "2026-05-01", "status": "submitted", "verdict": "minor", "submitted_at": publishing.MAY}
    Review.objects.create(reviewer=make.ambassador("Nora Named"), openness="public", **said)
    Review.objects.create(reviewer=make.ambassador("Quinn Quiet"), openness="authors", **said)

    html = page(client, edition.product.get_absolute_url())

    assert ("Nora Named" in html, "Quinn Quiet" in html) == (True, False)
    assert "2 reviews were written" in text(html)


def test_nobody_is_named_of_a_round_that_was_anonymous(client):
    edition = publishing.out()
    hidden = ReviewRound.objects.create(
        edition=edition, number=1, revision=1, due_on="2026-05-01", reviews_needed=1, is_anonymous=True
    )
    Review.objects.create(
        round=hidden,
        reviewer=make.ambassador("Nora Named"),
        openness="public",
        due_on="2026-05-01",
        status="submitted",
        verdict="minor",
        submitted_at=publishing.MAY,
    )

    html = page(client, edition.product.get_absolute_url())

    assert ("Nora Named" in html, "One person reviewed it" in text(html)) == (False, True)


def test_it_is_cited_in_one_way_on_the_page_and_for_machines(client):
    edition = publishing.out(make.ambassador("Anna Author"), subtitle="Six clubs")

    html = page(client, edition.product.get_absolute_url())
    told = client.get("/products/who-stays-and-why/editions/1/citation.json").json()

    cited = "Anna Author (2026). Who stays, and why: Six clubs. Edition 1.0. "
    assert cited in text(html)
    assert "/products/who-stays-and-why/editions/1/" in text(html).split(cited)[1][:120]
    assert (told[0]["author"], told[0]["issued"]) == ([{"literal": "Anna Author"}], {"date-parts": [[2026, 5, 4]]})
    described = json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert (described["headline"], described["author"]) == ("Who stays, and why", [{"@type": "Person", "name": "Anna Author"}])


def test_two_editions_are_compared_word_by_word(client):
    first = publishing.out(summary="Six clubs tell.")
    publishing.next_edition(first, body=publishing.TEXT.replace("Six clubs", "Seven clubs"), summary="Six clubs tell.")

    html = page(client, "/products/who-stays-and-why/compare/1/2/")

    assert (re.findall("<del>([^<]+)</del>", html)[1:], re.findall("<ins>([^<]+)</ins>", html)[1:]) == (["Six"], ["Seven"])
    assert client.get("/products/who-stays-and-why/compare/2/1/").status_code == 404


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["An article", "A kickstarter", "Another article"]),
        ("?kind=kickstarter", ["A kickstarter"]),
        ("?pillar=listening", ["An article"]),
        ("?audience=funders", ["A kickstarter"]),
        ("?kind=article&pillar=listening", ["An article"]),
        ("?kind=article&audience=funders", []),
        ("?kind=nonsense", ["An article", "A kickstarter", "Another article"]),
    ],
)
def test_lists_by_kind_pillar_and_audience(client, query, shown):
    listening, funders = Pillar.objects.create(name="Listening"), Readership.objects.create(name="Funders")
    publishing.out(title="Another article", published_at=publishing.MAY - timedelta(days=2))
    publishing.out(
        title="A kickstarter", kind="kickstarter", product_readership=funders, published_at=publishing.MAY - timedelta(days=1)
    )
    publishing.out(title="An article", product_pillars=[listening])
    making.draft(make.ambassador("Dora Draft"), title="A draft")

    html = page(client, f"/products/{query}")

    assert re.findall(r'class="product-line__title"><a [^>]+>([^<]+)<', html) == shown
    assert "A draft" not in html


def test_a_long_list_goes_on_by_the_last_one_read(client, monkeypatch):
    monkeypatch.setattr("products.pages.lists.A_PAGE", 2)
    for number in range(5):
        publishing.out(title=f"Number {number}", published_at=publishing.MAY + timedelta(days=number))

    seen, url = [], "/products/?kind=article"
    while url:
        html = page(client, url)
        seen += re.findall(r"Number (\d)<", html)
        older = re.search(r'rel="next" href="([^"]+)"', html)
        url = f"/products/{older[1].replace('&amp;', '&')}" if older else ""

    assert seen == ["4", "3", "2", "1", "0"]


def test_what_is_announced_says_its_month_and_nothing_else_of_the_draft(client):
    product = publishing.coming(announcement="Seven clubs, one winter.")
    Edition.objects.filter(product=product).update(title="Not for anybody yet", summary="Not for anybody yet.")

    html, listed = page(client, product.get_absolute_url()), page(client, "/products/")

    assert ("March 2027" in text(html), "Seven clubs, one winter." in text(html)) == (True, True)
    assert ("March 2027" in listed, "What winter asks of us" in html, "What winter asks of us" in listed) == (True, True, True)
    assert "Not for anybody yet" not in html + listed + page(client, f"{product.get_absolute_url()}tell-me/")


def test_what_was_announced_and_came_out_is_not_to_come_again_once_it_is_retired(client):
    edition = making.presented(make.ambassador("Wilma Writes"))
    keeping.announce(edition.product, by=making.editor(), expected_on=timezone.localdate(), announced_as="Clubs in winter")
    making.days_pass(edition)
    road.approve(edition, by=making.editor(), revision=edition.revision)
    road.publish(edition, by=making.editor(), revision=edition.revision)
    publishing.retire(edition, "Two clubs have closed since.")

    said = text(page(client, edition.product.get_absolute_url()))

    assert ("Two clubs have closed since." in said, "Clubs in winter" in said + page(client, "/products/")) == (True, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, rows):
    fill_pages(by=make.person("Sam Staff", is_staff=True))
    funders = Readership.objects.create(name="Funders")
    for number in range(rows):
        publishing.out(make.ambassador(f"Anna {number}"), title=f"Number {number}", product_readership=funders)

    with django_assert_num_queries(10):
        client.get("/products/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_product_costs_the_same_whatever_belongs_to_it(client, django_assert_num_queries, rows):
    author, pillar = make.ambassador("Anna Author"), Pillar.objects.create(name="Listening")
    edition = publishing.out(author, product_pillars=[pillar])
    for number in range(rows):
        publishing.out(author, title=f"Beside it {number}", product_pillars=[pillar])
        publishing.add_file(edition, number + 1)

    with django_assert_num_queries(18):
        client.get(edition.product.get_absolute_url())


def test_a_draft_in_a_closed_place_has_no_public_address(client):
    draft = making.draft(make.ambassador("Dora Draft"))
    client.force_login(making.editor())

    assert [client.get(url).status_code for url in (draft.product.get_absolute_url(), draft.get_absolute_url())] == [404, 404]


@pytest.mark.row("F13")
def test_without_anything_that_questions_it_editors_are_reminded_and_the_public_is_not(client):
    edition = publishing.out()
    url, reminder = edition.product.get_absolute_url(), "Nothing that questions this is listed yet"
    assert reminder not in page(client, url)
    client.force_login(make.ambassador("Mia Member"))
    assert reminder not in page(client, url)
    client.force_login(making.editor())
    assert reminder in page(client, url)

    said = {
        "stance": "questions",
        "title": "Who is not asked",
        "by": "Someone Else",
        "address": "https://a.example/but",
        "note": "",
    }
    client.post(f"/desk{url}readings/add/", said)

    assert reminder not in page(client, url)
    client.logout()
    assert ("What questions it" in page(client, url), "Who is not asked" in page(client, url)) == (True, True)


def test_one_reading_is_listed_once(client):
    edition = publishing.out()
    client.force_login(making.editor())
    said = {"stance": "questions", "title": "Who is not asked", "by": "", "address": "https://a.example/but", "note": ""}

    answers = [client.post(f"/desk{edition.product.get_absolute_url()}readings/add/", said) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 200]
    assert "This stands beside the product already." in answers[1].content.decode()


def addresses(patterns, before: str = "") -> Iterator[str]:
    for entry in patterns:
        address = f"{before}{entry.pattern}"
        yield from addresses(entry.url_patterns, address) if hasattr(entry, "url_patterns") else [address]


def test_no_part_is_called_like_another_page_of_a_product():
    """Whatever stands at `<slug>/<word>/` or below it is reserved: a part of that name would hide behind it."""
    found = [re.match(r"products/<slug:slug>/([a-z-]+)/", address) for address in addresses(get_resolver().url_patterns)]

    assert {one[1] for one in found if one} == RESERVED


def test_members_find_from_the_list_where_they_write_and_hand_in_and_visitors_do_not(client):
    publishing.out()
    ways = [reverse(f"products:{name}") for name in ("resource-contribute", "product-own-list", "review-list")]

    as_visitor = page(client, "/products/")
    client.force_login(make.ambassador("Mia Member"))
    as_member = page(client, "/products/")

    assert [(way in as_visitor, f'href="{way}"' in as_member) for way in ways] == [(False, True)] * 3
