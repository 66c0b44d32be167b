"""What the page of an edition shows: read once for visitors, and anew for each member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.urls import reverse

from foundation.models import Community
from products.models import Edition, EditionFile, Product, Reading
from products.pages.cards import cards_of, named
from products.pages.citing import citation
from products.pages.described import described
from products.pages.downloads import downloads_of
from products.pages.finding import VISITOR, out_editions
from products.pages.related import related_to
from products.pages.rendering import ReadText, published_text
from products.pages.story import story_of
from products.rules import is_editor

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


def page_of(product: Product, edition: Edition, reader: User | AnonymousUser) -> dict[str, Any]:
    """Everything on the page of an edition that is out."""
    cards = cards_of(product, reader)
    authors = named(cards, "author")
    editions = out_editions(product)
    names, community = [card.name for card in authors], Community.current().name
    return {
        "product": product,
        "edition": edition,
        "text": published_text(edition),
        "notice": notice_of(product, edition, editions),
        "authors": authors,
        "contributors": named(cards, "contributor"),
        "thanked": named(cards, "reviewer"),
        "editions": editions,
        "files": files_of(edition),
        "pillars": list(product.pillars.all()),
        "cited": citation(edition, names, community),
        "story": story_of(edition, reader),
        "related": related_to(product, reader),
        "readings": readings_of(product, reader),
        "described": described(edition, names),
    }


def part_of(product: Product, edition: Edition, slug: str, *, is_permanent: bool) -> dict[str, Any]:
    """One part of an edition, with the ones beside it. Raises Http404 where there is none of that name, or nothing but it."""
    whole = published_text(edition)
    places = [part for part in whole.parts if part.title]
    place = next((place for place, part in enumerate(places) if part.slug == slug), None)
    if place is None or len(places) < 2:
        raise Http404("no such part")
    before, after = places[place - 1] if place else None, places[place + 1] if place + 1 < len(places) else None
    return {
        "product": product,
        "edition": edition,
        "part": places[place],
        "text": published_text(edition, slug),
        "places": [(part, part_url(product, edition, part.slug, is_permanent=is_permanent)) for part in places],
        "before": (before, part_url(product, edition, before.slug, is_permanent=is_permanent)) if before else None,
        "after": (after, part_url(product, edition, after.slug, is_permanent=is_permanent)) if after else None,
        "whole_url": edition.get_absolute_url() if is_permanent else product.get_absolute_url(),
        "notice": notice_of(product, edition, out_editions(product)),
    }


def part_url(product: Product, edition: Edition, part: str, *, is_permanent: bool) -> str:
    """The address of a part: of this edition for ever, or of whatever edition is current."""
    if is_permanent:
        return reverse("products:edition-part", args=[product.slug, edition.number, part])
    return reverse("products:product-part", args=[product.slug, part])


def part_links(text: ReadText, product: Product, edition: Edition, *, is_permanent: bool) -> list[tuple[str, str]]:
    """The titles and addresses of the parts that have pages of their own."""
    titled = [part for part in text.parts if part.title]
    links = [(part.title, part_url(product, edition, part.slug, is_permanent=is_permanent)) for part in titled]
    return links if len(links) > 1 else []


def notice_of(product: Product, edition: Edition, editions: list[Edition]) -> dict[str, Any] | None:
    """What a reader of this edition has to know first: that it is retired and why, or that a newer one is out."""
    newer = next((one for one in editions if one.status == "published" and one.number > edition.number), None)
    if edition.status == "retired":
        return {"kind": "retired", "because": edition.retired_because, "newer": newer, "moved_to": _moved_to(product)}
    return {"kind": "newer", "newer": newer} if newer else None


def files_of(edition: Edition) -> list[dict[str, Any]]:
    """The files of an edition, each with the earlier versions that readers had, in this edition or in one before."""
    out = EditionFile.objects.visible_to(VISITOR).filter(edition__product=edition.product_id, edition__number__lte=edition.number)
    rows = list(out.select_related("upload", "edition").order_by("slug", "-number", "edition__number"))
    ours = [file.slug for file in rows if file.edition_id == edition.pk]
    counts = downloads_of([file.pk for file in rows]) if ours else {}
    return [_versions([file for file in rows if file.slug == slug], counts) for slug in dict.fromkeys(ours)]


def _versions(rows: list[EditionFile], counts: dict[int, int]) -> dict[str, Any]:
    """What a later edition took over unchanged is the version of the edition in which it came out."""
    versions = list({file.number: file for file in reversed(rows)}.values())[::-1]
    return {
        "newest": versions[0],
        "earlier": versions[1:],
        "kind": versions[0].upload.name.rpartition(".")[2].upper(),
        "downloads": sum(counts.get(file.pk, 0) for file in rows),
    }


def readings_of(product: Product, reader: User | AnonymousUser) -> dict[str, Any]:
    """What supports and what questions it; where nothing questions it, editors are reminded, and nobody else."""
    readings = list(Reading.objects.visible_to(reader).filter(product=product))
    questions = [reading for reading in readings if reading.stance == Reading.Stance.QUESTIONS]
    is_editors = reader.is_authenticated and is_editor(reader)
    return {
        "is_editors": is_editors,
        "supports": [reading for reading in readings if reading.stance == Reading.Stance.SUPPORTS],
        "questions": questions,
        "is_missing": not questions and is_editors,
    }


def _moved_to(product: Product) -> Product | None:
    return product.moved_to if product.moved_to is not None and product.moved_to.current_id else None
