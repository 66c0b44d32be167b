from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.urls import reverse

from community.models import Deck
from community.stories.workflow import decks
from foundation import search
from foundation.models import Upload
from foundation.workflow import TransitionRefused
from tests.community import making
from tests.foundation.files import DOCX, PDF, archive, picture, sent

PPTX = archive(**{"[Content_Types]_xml": "<Types/>", "ppt__presentation_xml": "<p/>"})
SHOWN = Template('{% load stories %}{% decks_for "community" %}')


def written(**fields) -> dict[str, object]:
    """What the admin's form sends."""
    text = {"text_alternative": "<p>Slide 1: a door.</p>", "text_alternative-format": "html"}
    return {
        "title": "What we learned",
        "slug": "what-we-learned",
        "page": "community",
        "position": "1",
        "alt": "",
        **text,
        **fields,
    }


@pytest.mark.row("A15")
def test_slides_without_their_words_as_text_cannot_be_published(client, staff):
    client.force_login(staff)
    client.post("/admin/community/deck/add/", written(text_alternative="", new_file=sent(PDF, "slides.pdf")))
    deck = Deck.objects.get()

    response = client.post(f"/admin/community/deck/{deck.pk}/move/publish/", {"seen": deck.words_mark})

    deck.refresh_from_db()
    assert "Slides need both the file and their words as text" in response.content.decode()
    assert deck.status == "draft"
    client.logout()
    assert (client.get(deck.get_absolute_url()).status_code, client.get(deck.file.get_absolute_url()).status_code) == (404, 404)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deck.objects.filter(pk=deck.pk).update(status="published")


def test_published_slides_keep_their_words(client, staff):
    deck = making.deck("What we learned", by=staff)
    client.force_login(staff)

    response = client.post(f"/admin/community/deck/{deck.pk}/change/", written(text_alternative="", alt="An open door"))

    deck.refresh_from_db()
    assert 'id="id_text_alternative_error"' in response.content.decode() or "people who cannot see them read this text" in (
        response.content.decode()
    )
    assert deck.text_alternative != ""


@pytest.mark.row("R16")
def test_the_file_is_everybodys_only_while_the_slides_are_published(client, staff):
    deck = making.deck("What we learned", by=staff, status="draft")
    urls = [deck.file.get_absolute_url(), deck.cover.get_absolute_url()]

    def answers():
        return [client.get(url).status_code for url in urls]

    before = answers()
    decks.publish(deck, by=staff)
    out, file = answers(), client.get(urls[0])
    decks.withdraw(deck, by=staff)

    assert (before, out, answers()) == ([404, 404], [200, 200], [404, 404])
    assert (file.headers["Content-Type"], file.headers["Content-Disposition"]) == (
        "application/pdf",
        'attachment; filename="slides.pdf"',
    )


def test_slides_are_found_by_their_words_while_they_are_published(staff, alice):
    deck = making.deck("What we learned", by=staff, text="<p>A chart of herrings.</p>", status="draft")

    found = [len(search.search(alice, "herrings").hits)]
    decks.publish(deck, by=staff)
    found += [len(search.search(alice, "herrings").hits)]
    decks.withdraw(deck, by=staff)
    found += [len(search.search(alice, "herrings").hits)]

    assert found == [0, 1, 0]


@pytest.mark.parametrize(("content", "name", "kind"), [(PDF, "a.pdf", "PDF"), (PPTX, "a.pptx", "PPTX")])
def test_a_page_gives_out_slides_with_their_type_and_size(client, staff, content, name, kind):
    client.force_login(staff)
    client.post("/admin/community/deck/add/", written(new_file=sent(content, name)))
    deck = Deck.objects.get()
    decks.publish(deck, by=staff)

    text = SHOWN.render(Context())

    assert f"({kind}, {len(content)}\xa0bytes)" in text
    assert deck.file.get_absolute_url() in text
    assert "Slide 1: a door." in text


def test_a_file_that_is_no_slides_is_refused_beside_its_field(client, staff):
    client.force_login(staff)

    response = client.post("/admin/community/deck/add/", written(new_file=sent(DOCX, "report.docx")))

    assert "Slides come as a PDF" in response.content.decode()
    assert (Deck.objects.count(), Upload.objects.count()) == (0, 0)


def test_a_cover_needs_a_word_about_what_it_shows(client, staff):
    client.force_login(staff)

    response = client.post("/admin/community/deck/add/", written(new_cover=sent(picture(), "cover.jpg")))

    assert "Say in a few words what the cover shows" in response.content.decode()


def test_a_new_file_takes_the_place_of_the_old_one(client, staff):
    deck = making.deck("What we learned", by=staff)
    old = deck.file
    client.force_login(staff)

    client.post(f"/admin/community/deck/{deck.pk}/change/", written(new_file=sent(PPTX, "newer.pptx"), alt="An open door"))

    deck.refresh_from_db()
    assert (deck.file.name, deck.status) == ("newer.pptx", "published")
    assert not Upload.objects.filter(pk=old.pk).exists()


def test_slides_that_were_changed_since_they_were_read_are_not_published(staff):
    deck = making.deck("What we learned", by=staff, status="draft")
    read = deck.words_mark
    deck.text_alternative = "<p>Other words.</p>"
    decks.keep(deck, by=staff, alt="An open door")

    with pytest.raises(TransitionRefused):
        decks.publish(deck, by=staff, seen=read)
    deck.text_alternative = ""
    decks.keep(deck, by=staff, alt="An open door")
    with pytest.raises(ValidationError):
        decks.publish(deck, by=staff)


def test_a_page_without_slides_shows_nothing_of_them(staff):
    making.deck("In a drawer", by=staff, status="draft")
    making.deck("Elsewhere", by=staff, page="home")

    assert SHOWN.render(Context()).strip() == ""


@pytest.mark.parametrize("rows", [1, 3])
def test_slides_cost_one_query(staff, rows, django_assert_num_queries):
    for number in range(rows):
        making.deck(f"Deck {number}", by=staff)

    with django_assert_num_queries(1):
        assert SHOWN.render(Context()).count("<details") == rows


def test_the_page_of_a_deck_reads_as_text(client, staff):
    deck = making.deck("What we learned", by=staff, text="<h2>Slide 1</h2><p>A door.</p><script>alert(1)</script>")

    text = client.get(reverse("community:deck-detail", args=[deck.slug])).content.decode()

    assert "A door." in text
    assert "alert(1)" not in text
