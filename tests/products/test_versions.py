"""What an edition said before, what changed, and putting it back."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from foundation.differences import Stretch
from products.drafting import workflow as drafting
from products.drafting.comparing import Passage, compared
from products.models import Edition, EditionRevision
from products.road import workflow as road
from tests import make
from tests.products import making


def said(*parts, **texts):
    return {"title": "One", **texts, "parts": [{"slug": slug, "title": title, "body": body} for slug, title, body in parts]}


LONG = "".join(f"<p>Paragraph {number}.</p>" for number in range(9))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (said(), said(), []),
        (said(), said(title="Two"), [("title", "changed")]),
        (said(("a", "A", "<p>x</p>")), said(("a", "A", "<p>x y</p>")), [("A", "changed")]),
        (said(("a", "A", "<p>x</p>")), said(("a", "B", "<p>x</p>")), [("B", "changed")]),
        (said(("a", "A", "")), said(("a", "A", ""), ("b", "B", "<p>y</p>")), [("B", "new")]),
        (said(("a", "A", ""), ("b", "", "<p>y</p>")), said(("a", "A", "")), [("B", "gone")]),
        (said(("a", "A", ""), ("b", "B", "")), said(("b", "B", ""), ("a", "A", "")), [("B", "moved")]),
        (said(("a", "A", '<p id="baaaaaaaa">x</p>')), said(("a", "A", '<p id="bbbbbbbbb">x</p>')), []),
    ],
    ids=range(8),
)
def test_parts_are_matched_by_their_addresses(old, new, expected):
    assert [(section.label, section.fate) for section in compared(old, new)] == expected


def test_words_are_marked_and_what_stayed_is_left_out_and_counted():
    (section,) = compared(said(("a", "A", LONG)), said(("a", "A", LONG.replace("Paragraph 6.", "Paragraph six."))))

    assert section.passages == (
        Passage(left_out=5),
        Passage((Stretch("same", "Paragraph 5."),)),
        Passage((Stretch("same", "Paragraph "), Stretch("gone", "6."), Stretch("new", "six."))),
        Passage((Stretch("same", "Paragraph 7."),)),
        Passage((Stretch("same", "Paragraph 8."),)),
    )


@pytest.mark.parametrize(
    ("before", "after", "passage"),
    [
        (
            "<h2>Who asks</h2>",
            "<h2>Who asks now</h2>",
            Passage((Stretch("same", "Who asks"), Stretch("new", " now")), is_heading=True),
        ),
        ("<h2>Who asks</h2>", "", Passage((Stretch("gone", "Who asks"),), is_heading=True)),
        ("<h2>Who asks</h2>", "<p>Who asks</p>", Passage((Stretch("gone", "## "), Stretch("same", "Who asks")))),
    ],
    ids=["retitled", "gone", "no heading any more"],
)
def test_headings_are_shown_as_headings(before, after, passage):
    (section,) = compared(said(("a", "A", f"{before}<p>Six.</p>")), said(("a", "A", f"{after}<p>Six.</p>")))

    assert section.passages[0] == passage


@pytest.fixture
def wilma(db):
    return make.ambassador("Wilma Writer")


def test_versions_are_listed_compared_and_put_back(client, wilma):
    edition = making.draft(wilma, body="<p>Six clubs tell.</p>")
    road.keep_for_good(edition)
    parts = [{"slug": "text", "body": "<p>Seven clubs tell.</p>"}]
    drafting.save_edition(edition, by=wilma, revision=edition.revision, parts=parts, note="One more club", title="Who goes")
    client.force_login(wilma)
    where = [edition.product.slug, 1]

    listed = client.get(reverse("products:revision-list", args=where)).content.decode()
    url = reverse("products:product-compare", args=where[:1])
    changed = client.get(url).content.decode()
    client.post(reverse("products:revision-restore", args=[*where, 2]))

    assert ("One more club" in listed, "Version 3" in listed) == (True, True)
    assert "[gone: </span>Six" in changed
    assert "[new: </span>Seven" in changed
    edition.refresh_from_db()
    assert (edition.title, "Six clubs" in edition.parts.get().body, edition.revision) == ("Who stays, and why", True, 4)
    assert EditionRevision.objects.first().note == "Put version 2 back"
    assert client.get(f"{url}?from=1.2&to=1.4").context["sections"] == []
    assert [client.get(f"{url}?{asked}").status_code for asked in ("from=9.9", "from=x", "to=1.99999999999999")] == [404, 404, 404]


def test_two_editions_are_compared(client, wilma):
    first = making.published(wilma)
    second = road.begin_edition(first.product, by=wilma, label="2.0")
    client.force_login(wilma)
    versions = reverse("products:revision-list", args=[first.product.slug, 2])

    def since_the_edition_before():
        found = BeautifulSoup(client.get(versions).content, "html.parser").find("a", string="What changed since edition 1.0")
        return client.get(found["href"])

    assert since_the_edition_before().context["sections"] == []
    drafting.save_edition(second, by=wilma, revision=1, changes="A club more.", summary="Seven clubs tell.")
    page = since_the_edition_before()

    assert [section.label for section in page.context["sections"]] == ["summary", "what changed since the edition before"]


def test_a_long_sitting_is_more_than_one_version(wilma, time_machine):
    time_machine.move_to("2026-11-23T09:00:00Z", tick=False)
    edition = making.draft(wilma)
    for minute in (4, 8, 12, 16):
        time_machine.move_to(f"2026-11-23T09:{minute:02}:00Z", tick=False)
        edition = drafting.save_edition(edition, by=wilma, revision=edition.revision, summary=f"{minute} minutes.")

    assert list(EditionRevision.objects.order_by("number").values_list("number", flat=True)) == [1, 4, 6]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_versions_costs_the_same_however_long(client, wilma, rows, django_assert_num_queries):
    edition = making.draft(wilma)
    for number in range(rows):
        edition = drafting.save_edition(edition, by=wilma, revision=edition.revision, note=f"Note {number}")
    client.force_login(wilma)
    url = reverse("products:revision-list", args=[edition.product.slug, 1])
    client.get(url)

    with django_assert_num_queries(8):
        assert len(client.get(url).context["lines"]) == rows + 1


def test_a_broken_footnote_stands_in_the_way_of_handing_it_in(wilma):
    edition = making.draft(wilma, body="<p>Six clubs.[^2]</p>")

    with pytest.raises(road.ValidationError) as refused:
        road.submit(edition, by=wilma, revision=edition.revision)

    assert "[^2] has no note" in "".join(refused.value.messages)
    assert Edition.objects.get().status == "draft"
