"""Writing an edition through its pages."""

from __future__ import annotations

import pytest
from django.urls import reverse

from foundation.models import Pillar
from products.models import Edition, EditionPart, EditionRevision, Product
from tests import make
from tests.discussions import making as spaces
from tests.products import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def wilma():
    return make.ambassador("Wilma Writer")


def at(name, edition, *more):
    return reverse(f"products:{name}", args=[edition.product.slug, edition.number, *more])


def form_of(client, url):
    """What the page's form holds, as a browser would send it."""
    form = client.get(url).context["form"]
    said = {name: form[name].value() or "" for name in form.fields}
    return said | ({"body-format": "html"} if "body" in said else {})


def texts(edition):
    edition.refresh_from_db()
    return edition.title, edition.summary, edition.parts.first().body


def test_a_product_begins_with_a_kind_and_a_title(client, wilma):
    client.force_login(wilma)

    answer = client.post(reverse("products:product-new"), {"kind": "article", "title": "Who stays, and why"}, follow=True)

    edition = Edition.objects.get()
    assert answer.redirect_chain == [(at("edition-edit", edition), 302)]
    assert (edition.product.slug, edition.product.space, str(edition.product.started_by)) == (
        "who-stays-and-why",
        None,
        "Wilma Writer",
    )


def test_a_product_begins_in_a_space_in_which_one_writes_and_in_no_other(client, wilma):
    mine, advised = spaces.micro(wilma), spaces.micro(make.ambassador("Lea Leader"), name="Summer school")
    spaces.join(advised, wilma, "advisor")
    client.force_login(wilma)

    refused = client.post(reverse("products:product-new"), {"kind": "article", "title": "A", "space": advised.pk})
    client.post(reverse("products:product-new"), {"kind": "article", "title": "A", "space": mine.pk})

    assert list(refused.context["form"].errors) == ["space"]
    assert [product.space for product in Product.objects.all()] == [mine]


def test_a_page_of_ours_gives_its_address_to_no_product(client, wilma):
    assert making.draft(wilma, title="New").product.slug == "new-2"


def test_a_strategic_product_has_a_part_for_each_pillar(client, wilma):
    pillars = [Pillar.objects.create(name=name, slug=name.lower(), position=place) for place, name in enumerate(("Care", "Money"))]
    client.force_login(wilma)

    client.post(reverse("products:product-new"), {"kind": "strategic-product", "title": "Our frame"})

    edition = Edition.objects.get()
    assert [(part.slug, part.pillar) for part in edition.parts.all()] == [
        ("definition", None),
        ("care", pillars[0]),
        ("money", pillars[1]),
    ]
    page = client.get(at("part-edit", edition, "care"))
    assert [line.title for line in page.context["parts"]] == ["Definition", "Care", "Money"]


def test_what_is_written_is_kept_with_the_ids_of_its_blocks(client, wilma):
    edition = making.draft(wilma)
    block = edition.parts.get().body
    client.force_login(wilma)
    said = form_of(client, at("edition-edit", edition))

    client.post(at("edition-save", edition), said | {"title": "Who\ngoes", "body": f"{block}<p>And more.</p>"})

    title, _summary, body = texts(edition)
    assert title == "Who goes"
    assert body.startswith(block)
    assert "And more." in body


def test_without_script_it_is_written_as_plain_text(client, wilma):
    edition = making.draft(wilma)
    client.force_login(wilma)
    said = form_of(client, at("edition-edit", edition))

    client.post(at("edition-save", edition), said | {"body": "## Head\n\nSix[^1]\n\n[^1]: Of nine.", "body-format": "plain"})

    page = client.get(at("edition-edit", edition))
    assert page.context["problems"] == []
    assert "<h2" in texts(edition)[2]


@pytest.mark.parametrize("field", ["title", "subtitle"])
def test_a_title_of_301_letters_is_refused_beside_its_field_and_nothing_typed_is_lost(client, wilma, field):
    edition = making.draft(wilma)
    client.force_login(wilma)
    said = form_of(client, at("edition-edit", edition)) | {field: "x" * 301, "body": "<p>What I wrote since.</p>"}

    page = client.post(at("edition-save", edition), said)

    assert page.status_code == 422
    assert page.context["form"].errors == {field: ["At most 300 letters: this has 301. A subtitle can say the rest."]}
    assert "What I wrote since." in page.content.decode()
    assert client.post(at("edition-save", edition), said | {field: "x" * 300}).status_code == 302


def test_a_broken_footnote_is_named_beside_the_text(client, wilma):
    edition = making.draft(wilma, body="<p>Six clubs.[^2]</p>")
    client.force_login(wilma)

    page = client.get(at("edition-edit", edition)).content.decode()

    assert "Paragraph 1 (“Six clubs.[^2]”): [^2] has no note" in page


def test_whoever_comes_second_sees_both_and_loses_nothing(client, wilma):
    edition = making.draft(wilma)
    client.force_login(wilma)
    mine, theirs = form_of(client, at("edition-edit", edition)), form_of(client, at("edition-edit", edition))
    client.post(
        at("edition-save", edition), theirs | {"body": "<p>Whoever stays longest was heard first.</p>", "summary": "Theirs."}
    )

    page = client.post(
        at("edition-save", edition), mine | {"title": "Mine", "body": "<p>Whoever stays longest was seen first.</p>"}
    )

    assert page.status_code == 409
    shown = page.content.decode()
    assert [other.label for other in page.context["others"]] == ["Text"]
    assert "seen first" in page.context["form"]["body"].value().text
    assert "heard" in shown
    assert (texts(edition)[0], texts(edition)[1]) == ("Who stays, and why", "Theirs.")
    again = form_of(client, at("edition-edit", edition)) | {"shown": page.context["form"]["shown"].value()}
    client.post(at("edition-save", edition), again | {"title": "Mine", "body": "<p>Whoever stays longest was seen first.</p>"})
    assert (texts(edition)[:2], "seen first" in texts(edition)[2]) == (("Mine", "Theirs."), True)


def test_two_who_write_two_parts_at_once_do_not_meet(client, wilma):
    edition = making.draft(wilma, kind="white-paper")
    EditionPart.objects.create(edition=edition, position=2, slug="end", title="The end")
    client.force_login(wilma)
    one, two = form_of(client, at("part-edit", edition, "text")), form_of(client, at("part-edit", edition, "end"))

    client.post(at("part-save", edition, "text"), one | {"body": "<p>One.</p>"})
    client.post(at("part-save", edition, "end"), two | {"body": "<p>Two.</p>"})

    assert ["One." in part.body or "Two." in part.body for part in edition.parts.all()] == [True, True]


def test_what_is_saved_while_one_writes_carries_on_with_what_was_answered(client, wilma):
    edition = making.draft(wilma)
    client.force_login(wilma)
    said = form_of(client, at("edition-edit", edition))

    for words in ("<p>One</p>", "<p>One two</p>"):
        answer = client.post(at("edition-autosave", edition), said | {"body": words, "note": "not yet"}).json()
        said |= {"shown": answer["shown"], "body": words}

    assert answer["state"] == "saved"
    assert "One two" in texts(edition)[2]
    assert list(EditionRevision.objects.values_list("note", flat=True)) == ["", ""]


@pytest.mark.parametrize(
    ("change", "state", "status"), [({"title": ""}, "errors", 422), ({"shown": "", "title": "B"}, "meanwhile", 409)]
)
def test_what_can_not_be_saved_while_one_writes_is_said(client, wilma, change, state, status):
    edition = making.draft(wilma)
    client.force_login(wilma)

    answer = client.post(at("edition-autosave", edition), form_of(client, at("edition-edit", edition)) | change)

    assert (answer.json()["state"], answer.status_code) == (state, status)


def test_what_was_handed_in_meanwhile_is_not_overwritten_and_the_words_stay_on_the_page(client, wilma):
    edition = making.draft(wilma)
    client.force_login(wilma)
    said = form_of(client, at("edition-edit", edition)) | {"title": "Late", "body": "<p>My late words.</p>"}
    making.road.submit(edition, by=wilma, revision=edition.revision)

    page = client.post(at("edition-save", edition), said)
    auto = client.post(at("edition-autosave", edition), said)

    assert (page.status_code, auto.json()) == (409, {"state": "moved"})
    assert ("Text", "My late words.") in page.context["unsaved"]
    assert texts(edition)[0] == "Who stays, and why"


def test_parts_are_added_moved_and_taken_away(client, wilma):
    edition = making.draft(wilma, kind="white-paper")
    client.force_login(wilma)

    client.post(at("part-add", edition), {"title": "What it costs"})
    client.post(at("part-move", edition, "what-it-costs"), {"to": "up"})
    assert [part.slug for part in edition.parts.all()] == ["what-it-costs", "text"]
    client.post(at("part-remove", edition, "text"))
    client.post(at("part-remove", edition, "what-it-costs"))  # the last one stays
    assert [part.slug for part in edition.parts.all()] == ["what-it-costs"]
    assert client.post(at("part-add", edition), {"title": "x" * 301}).status_code == 422
    client.post(at("part-add", edition), {"title": "Tell me"})
    assert list(edition.parts.values_list("slug", flat=True))[-1] == "tell-me-2"  # for at /tell-me/ stands another page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_what_one_writes_costs_the_same_however_long(client, wilma, rows, django_assert_num_queries):
    for number in range(rows):
        making.draft(wilma, title=f"Who stays {number}")
    making.draft(make.ambassador("Otto Other"), title="Not mine")
    client.force_login(wilma)
    client.get(reverse("products:product-own-list"))

    with django_assert_num_queries(7):
        page = client.get(reverse("products:product-own-list"))

    assert [line.edition.title for line in page.context["found"].lines] == [f"Who stays {n}" for n in reversed(range(rows))]


def test_a_kickstarter_says_what_it_explains_and_to_whom(client, wilma):
    out = making.published(wilma, title="Our frame")
    making.draft(wilma, title="Not out yet")
    client.force_login(wilma)
    client.post(reverse("products:product-new"), {"kind": "kickstarter", "title": "For boards"})
    product = Product.objects.get(kind="kickstarter")
    url = reverse("products:product-about", args=[product.slug])

    assert list(client.get(url).context["form"].fields["explains"].queryset) == [out.product]
    assert list(client.post(url, {"words": "no such topic"}).context["form"].errors) == ["words"]
    client.post(url, {"explains": out.product.pk, "readership": making.readership().pk, "words": ""})

    product.refresh_from_db()
    assert (product.explains, product.readership) == (out.product, making.readership())
