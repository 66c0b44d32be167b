"""The makers' page of a product and the editors' board, through HTTP."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from products.models import Decision, Edition, EditionPart, Product
from products.road import workflow as road
from tests import make
from tests.products import making

pytestmark = pytest.mark.django_db


def press(client, name, edition, **said):
    address = reverse(f"products:edition-{name}", args=[edition.product.slug, edition.number])
    return client.post(address, {"revision": edition.revision} | said, follow=True)


def page(client, product):
    return client.get(reverse("products:product-progress", args=[product.slug]))


def test_what_stands_in_the_way_is_said_with_the_page_on_which_it_is_mended(client, alice):
    edition = making.draft(alice, kind="kickstarter")
    EditionPart.objects.filter(edition=edition).update(body="")
    Product.objects.filter(pk=edition.product_id).update(readership=None)
    client.force_login(alice)

    response = page(client, edition.product)
    base = f"/desk/products/{edition.product.slug}/"
    assert [(str(reason), reason.url) for reason in response.context["reasons"]] == [
        ("There is no text yet.", f"{base}editions/1/"),
        ("Choose the audience that it is written for.", f"{base}about/"),
    ]
    response = press(client, "submit", edition, note="Nearly there.")
    assert response.status_code == 422
    assert response.context["buttons"][0].form["note"].value() == "Nearly there."
    assert response.context["buttons"][0].form.non_field_errors() == [
        "There is no text yet.",
        "Choose the audience that it is written for.",
    ]


def test_a_note_is_kept_with_its_step_and_read_by_whoever_follows_the_making(client, alice):
    edition = making.draft(alice)
    client.force_login(alice)
    press(client, "submit", edition, note="Ask somebody from a club.")
    client.force_login(making.editor())
    assert press(client, "send-back", edition, note=" ").status_code == 422
    press(client, "send-back", edition, note="Name the clubs first.")

    client.force_login(alice)
    told = [(one.label, one.name, one.note) for one in page(client, edition.product).context["told"]]
    assert told == [
        ("Sent back", "Edda Editor", "Name the clubs first."),
        ("Handed in", "Alice Amadi", "Ask somebody from a club."),
        ("Begun", "Alice Amadi", ""),
    ]
    assert list(Decision.objects.values_list("step", "note")) == [("send back", "Name the clubs first.")]


def test_a_decision_on_a_text_that_changed_meanwhile_is_refused_and_nothing_moves(client, alice):
    edition = making.submitted(alice)
    read = edition.revision
    road.take_back(edition, by=alice)
    newer = making.drafting.save_edition(edition, by=alice, revision=read, summary="Seven clubs tell.")
    road.submit(newer, by=alice, revision=newer.revision)
    client.force_login(making.editor())

    edition.revision = read
    response = press(client, "revise", edition, note="Name the clubs.")
    assert "it has changed since you read it" in response.content.decode()
    assert (Edition.objects.get().status, Decision.objects.count()) == ("in review", 0)


def test_an_editor_finds_no_button_that_decides_about_what_they_wrote(client):
    edition = making.submitted(making.editor("Edgar Editor"))
    client.force_login(making.editor("Edgar Editor"))
    assert [button.name for button in page(client, edition.product).context["buttons"]] == ["take_back"]
    client.force_login(making.editor())
    assert [button.name for button in page(client, edition.product).context["buttons"]] == ["present", "revise", "send_back"]


def test_the_board_shows_each_state_with_the_longest_first_and_what_can_be_done(client):
    wren = make.ambassador("Wren Writer")
    making.draft(wren, title="A draft")
    late, _early = making.submitted(wren, title="Handed in late"), making.submitted(wren, title="Handed in early")
    Edition.objects.filter(title="Handed in early").update(status_since=timezone.now() - timedelta(days=40))
    review = making.asked(late)
    late.rounds.update(reviews_needed=1)
    review.round.reviews.update(due_on=timezone.localdate() - timedelta(days=1))
    client.force_login(making.editor())

    board = client.get(reverse("products:product-board")).context["board"]
    shown = [(column.state, card.edition.title, card.wait.whom, card.then) for column in board.columns for card in column.cards]
    assert shown == [
        ("in review", "Handed in early", "editors", "Open a round, and ask reviewers"),
        ("in review", "Handed in late", "reviewers", "Remind whoever is late, or ask somebody else"),
        ("draft", "A draft", "authors", ""),
    ]
    assert (board.to_do, board.late, board.stuck) == (2, 1, 1)


def test_the_board_says_in_words_what_is_stuck_since_when_and_leads_to_what_is_next(client):
    wren = make.ambassador("Wren Writer")
    edition = making.submitted(wren, title="Handed in early")
    road.ask_for_revision(edition, by=making.editor(), revision=edition.revision, note="Name the clubs.")
    since = timezone.now() - timedelta(days=40)
    Edition.objects.update(status_since=since)
    client.force_login(making.editor())

    page = client.get(reverse("products:product-board")).content.decode()

    text = " ".join(BeautifulSoup(page, "html.parser").main.get_text(" ").split())
    assert "1 has not moved for more than four weeks." in text
    assert "Waits for a new version from its authors." in text
    assert f"by Wren Writer · here since {date_format(timezone.localtime(since), 'j F Y')}, for 1 month, 1 week" in text
    link = BeautifulSoup(page, "html.parser").select_one(".board__then a")
    assert (link.get_text().strip(), link["href"]) == (
        "Ask its authors how it goes: Handed in early",
        f"/desk/products/{edition.product.slug}/",
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_makers_page_costs_the_same_however_much_has_happened(client, alice, rows, django_assert_num_queries):
    edition = making.submitted(alice)
    for _time in range(rows):
        road.ask_for_revision(edition, by=making.editor(), revision=edition.revision, note="Name the clubs.")
        road.submit(edition, by=alice, revision=edition.revision)
    Edition.objects.update(number=9)
    before = {"title": "Before", "status": "published", "published_at": timezone.now()}
    for number in range(rows):
        Edition.objects.create(product=edition.product, number=number, label=str(number), **before)
    client.force_login(making.editor())
    page(client, edition.product)

    with django_assert_num_queries(28):
        shown = page(client, edition.product).context
    assert (len(shown["lines"]), len(shown["told"])) == (rows + 1, 2 * rows + 2)


def test_an_edition_before_the_newest_is_taken_out_of_use_and_its_text_withdrawn_later(client, alice):
    first = making.published(alice)
    making.next_edition(first, alice)
    client.force_login(making.editor())

    assert [[button.name for button in line.buttons] for line in page(client, first.product).context["lines"]] == [[], ["retire"]]
    press(client, "retire", first, because="It has been overtaken.")
    assert client.get(first.get_absolute_url()).status_code == 200
    assert [[button.name for button in line.buttons] for line in page(client, first.product).context["lines"]] == [[], ["withdraw"]]
    refused = press(client, "withdraw", first, because=" ")
    assert refused.context["lines"][1].buttons[0].form.errors == {"because": ["This field is required."]}
    press(client, "withdraw", first, because="A name was in it.")

    gone = client.get(first.get_absolute_url())
    assert (gone.status_code, "A name was in it." in gone.content.decode(), "Whoever stays" in gone.content.decode()) == (
        410,
        True,
        False,
    )
    assert press(client, "withdraw", first, because="Again.").status_code == 403
    assert list(Decision.objects.filter(step="withdraw").values_list("note", flat=True)) == ["A name was in it."]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_costs_the_same_however_much_is_on_it(client, rows, django_assert_num_queries):
    editor, wren = making.editor(), make.ambassador("Wren Writer")
    for number in range(rows):
        making.submitted(wren, title=f"Number {number}")
    client.force_login(editor)
    client.get(reverse("products:product-board"))
    with django_assert_num_queries(8):
        client.get(reverse("products:product-board"))
