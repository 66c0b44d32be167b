"""What an edition of its kind lacks: a table, and once through the database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.models import HistoryEntry
from products.models import Credit, Edition, EditionPart, Product
from products.road import workflow as road
from products.road.needs import Made, lacks
from tests import make
from tests.products import making

WORDS = (("", True, None),)
ARTICLE = Made(kind="article", summary="Six clubs tell.", parts=WORDS, agreed_authors=1)
STRATEGIC = replace(ARTICLE, kind="strategic-product", parts=(("", True, None), ("Leading", True, 7)), pillars=((7, "Leading"),))
KICKSTARTER = replace(ARTICLE, kind="kickstarter", explains=True, has_readership=True)
PAPER = replace(ARTICLE, kind="white-paper", files=1)
RESOURCE = Made(kind="resource", summary="Six clubs.", link="https://tidemark.example/", medium="text", licence="CC BY 4.0")


@pytest.mark.parametrize(
    ("made", "missing"),
    [
        (ARTICLE, []),
        (STRATEGIC, []),
        (KICKSTARTER, []),
        (PAPER, []),
        (RESOURCE, []),
        (replace(RESOURCE, link="", files=1), []),
        (replace(ARTICLE, kind="insight", agreed_authors=0), []),
        (replace(ARTICLE, summary="  "), ["Say in a summary what it is about: lists and search show it."]),
        (
            replace(ARTICLE, is_first=False, changes=" "),
            ["Say what changed since the edition before: its readers find that beside the new one."],
        ),
        (replace(ARTICLE, is_first=False, changes="A club more."), []),
        (replace(ARTICLE, parts=(("", False, None),)), ["There is no text yet."]),
        (
            replace(PAPER, parts=(("", True, None), ("Method", False, None), ("", False, None))),
            [
                "The part “Method” is empty: write it, or take it out.",
                "The part “without a title” is empty: write it, or take it out.",
            ],
        ),
        (replace(STRATEGIC, pillars=((7, "Leading"), (8, "Learning"))), ["There is no part about the pillar “Learning”."]),
        (
            replace(KICKSTARTER, explains=False, has_readership=False),
            ["Choose the product that it explains.", "Choose the audience that it is written for."],
        ),
        (replace(PAPER, files=0), ["Add the file that readers download."]),
        (
            replace(RESOURCE, link="", medium="", licence=""),
            [
                "Give a link, or add a file.",
                "Say what it is: a text, a video, a podcast, a tool or a course.",
                "Say what readers may do with it: choose a licence.",
            ],
        ),
        (replace(RESOURCE, files=1), ["Give either a link or a file: readers should find one place."]),
        (replace(ARTICLE, agreed_authors=0), ["Nobody has agreed yet to be named as its author."]),
    ],
)
def test_each_kind_says_what_it_lacks(made, missing):
    assert lacks(made) == missing


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Product.Kind.values)
def test_the_least_of_each_kind_can_be_handed_in(kind):
    edition = making.submitted(make.ambassador("Wilma Writer"), kind=kind)
    assert Edition.objects.get(pk=edition.pk).status == "in review"


@pytest.mark.django_db
def test_what_is_missing_is_said_all_at_once_and_nothing_moves():
    author = make.ambassador("Wilma Writer")
    edition = making.draft(author)
    EditionPart.objects.update(body="<p> </p>")  # behind the back of the one who read it
    Edition.objects.update(summary="")

    with pytest.raises(ValidationError) as refused:
        road.submit(edition, by=author, revision=edition.revision)
    assert refused.value.messages == ["Say in a summary what it is about: lists and search show it.", "There is no text yet."]
    assert Edition.objects.get().status == "draft"


@pytest.mark.row("R26")
@pytest.mark.django_db
def test_nothing_is_published_under_the_name_of_somebody_who_took_it_back(client):
    author, editor = make.ambassador("Wilma Writer"), making.editor()
    edition = making.presented(author)
    making.days_pass(edition)
    road.approve(edition, by=editor, revision=edition.revision)
    credit = Credit.objects.get()
    client.force_login(author)
    client.post(reverse("products:credit-withdraw", args=[credit.pk]))

    refused = making.press("publish", edition, editor)
    assert (refused.status_code, Product.objects.get().current_id) == (422, None)
    assert "Nobody has agreed yet to be named as its author." in refused.content.decode()

    card = reverse("products:credit-card", args=[credit.pk])
    words = client.get(card).context["form"].consent
    begun = timezone.now()
    client.post(card, {"name": "W. Writer", "title": "", "tagline": "", "which": "none", "read": words, "agrees": "on"})
    making.press("publish", edition, editor)
    credit.refresh_from_db()
    assert (credit.name, credit.agreed_to, credit.withdrawn_at) == ("W. Writer", words, None)
    assert begun <= credit.agreed_at <= timezone.now()
    page = Client().get(edition.product.get_absolute_url()).content.decode()
    assert ("W. Writer" in page, "Wilma Writer" in page) == (True, False)
    kept = HistoryEntry.objects.filter(target_id=str(credit.pk)).values_list("verb", "note")
    assert [words in note for verb, note in kept if verb == "agreed to be named"] == [True]
    assert "took back being named" in [verb for verb, _note in kept]
