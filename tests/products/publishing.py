"""Builders for what is out already: the least that is valid, without the road that led there (tests/products/making.py walks it)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from ambassadors.models import User
from foundation import richtext
from foundation.models import Pillar
from foundation.uploads import CheckedFile, upload_keep
from products.drafting.workflow import free_slug
from products.models import Credit, Edition, EditionFile, EditionPart, Product
from products.road import workflow as road
from tests.products import making

TEXT = """<h2>Who was asked</h2><p>Six clubs[^1] told us.</p><h2>What they said</h2><p>Those who stay were asked early.[^early] And thanked.[^1]</p>
<p>[^early]: In the first week.</p><p>[^1]: All of them by a harbour.</p>"""
MAY = datetime(2026, 5, 4, 9, tzinfo=UTC)


def out(author: User | None = None, title: str = "Who stays, and why", kind: str = "article", parts=None, **fields) -> Edition:
    """A product of one edition that everybody reads; `fields` of the edition, or with `product_` before them of the product."""
    own = {name.removeprefix("product_"): fields.pop(name) for name in list(fields) if name.startswith("product_")}
    pillars = own.pop("pillars", [])
    product = Product.objects.create(kind=kind, slug=own.pop("slug", free_slug(title)), started_by=author, **own)
    product.pillars.set(pillars)
    if author:
        Credit.objects.create(product=product, person=author)
        making.agree(product, author)
    fields = {"published_at": MAY, "summary": "Six clubs by a harbour tell."} | fields
    edition = Edition.objects.create(product=product, number=1, label="1.0", title=title, status="published", **fields)
    for place, (slug, name, body) in enumerate(parts or [("text", "", TEXT)], start=1):
        EditionPart.objects.create(edition=edition, position=place, slug=slug, title=name, body=richtext.clean(body))
    Product.objects.filter(pk=product.pk).update(current=edition, newest=edition)
    product.refresh_from_db()
    edition.product = product
    return edition


def of_parts(author: User | None = None, title: str = "The whole of it", **fields) -> Edition:
    """A strategic product with a definition and two pillars."""
    pillars = [Pillar.objects.get_or_create(name=name)[0] for name in ("Listening", "Lending")]
    parts = [
        ("definition", "What we mean", TEXT),
        *((p.slug, p.name, f"<p>{p.name} first.[^1]</p><p>[^1]: As they say.</p>") for p in pillars),
    ]
    return out(author, title, "strategic-product", parts, **fields)


def next_edition(before: Edition, label: str = "2.0", body: str = "", **fields) -> Edition:
    """A newer edition takes the place of the one before."""
    fields = {"title": before.title, "published_at": before.published_at + timedelta(days=90)} | fields
    product = before.product
    edition = Edition.objects.create(product=product, number=before.number + 1, label=label, status="published", **fields)
    for part in before.parts.all():
        text = richtext.clean(body, previous=part.body) if body else part.body
        EditionPart.objects.create(edition=edition, position=part.position, slug=part.slug, title=part.title, body=text)
    Product.objects.filter(pk=product.pk).update(current=edition, newest=edition)
    product.refresh_from_db()
    edition.product = product
    return edition


def retire(edition: Edition, because: str = "A club asked us to.", *, is_withdrawn: bool = False) -> None:
    """An editor retires it, or takes it back whole."""
    road.retire(edition, by=making.editor(), because=because, is_withdrawn=is_withdrawn)


def coming(title: str = "What winter asks of us", month: str = "2027-03-01", **fields) -> Product:
    """Announced, with a draft that nobody reads yet."""
    product = Product.objects.create(
        kind="article", slug=free_slug(title), expected_on=month, announced_at=timezone.now(), announced_as=title, **fields
    )
    draft = Edition.objects.create(product=product, number=1, label="1.0", title=title)
    Product.objects.filter(pk=product.pk).update(newest=draft)
    product.refresh_from_db()
    return product


def add_file(edition: Edition, number: int = 1, slug: str = "the-paper", content: bytes = b"%PDF-1.7 one", **fields) -> EditionFile:
    """A file of an edition."""
    upload = upload_keep(CheckedFile(content, "by-anna-of-the-club.pdf", "application/pdf"), owner=None)
    fields = {"title": "The paper"} | fields
    file = EditionFile.objects.create(edition=edition, slug=slug, number=number, upload=upload, **fields)
    upload.holder = file
    upload.save()
    return file
