"""How the demo's products are begun and written, by the functions of the site."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from ambassadors.models import User
from community.demo.products.told import called, pillars, readership, rich, topics
from discussions.models import Space
from products.drafting import workflow as drafting
from products.models import Credit, Edition, Product

STANDS = "My name stands under this, as written here, for as long as I do not take it back."


def written(kind: str, said: dict[str, Any], *, space: Space | None = None, explains: Product | None = None) -> Edition:
    """Begin a product of `kind` with the words of one entry, its first author's, and return its draft."""
    by = called(said.get("author") or said["authors"][0])
    product = drafting.begin_product(
        by=by, kind=kind, title=said["title"], space=space, readership=readership(said.get("readership")), explains=explains
    )
    product.pillars.set(pillars(said.get("pillars", [])))
    product.topics.set(topics(said.get("topics", [])))
    for place, name in enumerate(said.get("authors", [])[1:], start=2):
        Credit.objects.create(product=product, person=called(name), added_by=by, position=place)
    if said["summary"]:
        for credit in product.credits.select_related("person__ambassador__organization"):
            agree(credit, said.get("tagline", ""))
    texts = {name: said[name] for name in ("subtitle", "summary", "objectives") if said.get(name)}
    edition: Edition = product.newest
    return drafting.save_edition(edition, by=by, revision=edition.revision, parts=parts_of(edition, said), **texts)


def parts_of(edition: Edition, said: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of an entry as `save_edition` takes them."""
    if "parts" not in said:
        return [{"slug": part.slug, "title": "", "body": rich(said["body"])} for part in edition.parts.all()]
    return [_part(part) for part in said["parts"]]


def _part(part: dict[str, Any]) -> dict[str, Any]:
    pillar = pillars([part["pillar"]])[0] if "pillar" in part else None
    slug = pillar.slug if pillar else part["slug"]
    return {"slug": slug, "title": part["title"], "pillar_id": pillar.pk if pillar else None, "body": rich(part["body"])}


def agree(credit: Credit, tagline: str) -> None:
    """They agree to be named, with their work of today and a line about themselves."""
    person = credit.person
    if person is None:
        return
    title = f"{person.ambassador.job_title}, {person.ambassador.organization}"[:120]
    Credit.objects.filter(pk=credit.pk).update(
        name=person.name, title=title, tagline=tagline, agreed_at=timezone.now(), agreed_to=STANDS
    )


def author_of(edition: Edition) -> User:
    """Whoever began it."""
    first: User = User.objects.filter(pk=edition.product.started_by_id).get()
    return first
