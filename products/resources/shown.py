"""What the pages of resources show, read through `visible_to`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from products.models import Credit, Edition, EditionFile, LinkCheck, Product
from products.resources.forms import GiveBackForm

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

MOST = 50


@dataclass(frozen=True)
class Waiting:
    """A resource that waits for an editor's look."""

    edition: Edition
    pillars: tuple[str, ...]
    by: str
    is_own: bool
    file: EditionFile | None
    form: GiveBackForm

    @property
    def since(self) -> datetime:
        return self.edition.status_since


def contributed_by(person: User | AnonymousUser) -> list[Edition]:
    """What one has handed in oneself, the newest first."""
    mine = Edition.objects.visible_to(person).written_by(person).filter(product__kind=Product.Kind.RESOURCE)
    return list(mine.select_related("product").order_by("-created_at", "-pk")[:MOST])


def waiting_for(editor: User, forms: dict[str, Any]) -> list[Waiting]:
    """What was handed in and waits, the oldest first; `forms` are those that came back with errors, by address."""
    rows = Edition.objects.edited_by(editor).filter(product__kind=Product.Kind.RESOURCE, status=Edition.Status.IN_REVIEW)
    found = rows.select_related("product__readership").prefetch_related("product__pillars").order_by("status_since", "pk")[:MOST]
    authors = _by_product(Credit.objects.visible_to(editor).authors().select_related("person__ambassador"), found)
    files = {
        file.edition_id: file
        for file in EditionFile.objects.visible_to(editor).newest().filter(edition__in=found).select_related("upload")
    }
    return [_waiting(edition, editor, authors.get(edition.product_id, []), files, forms) for edition in found]


def broken_links(editor: User) -> list[LinkCheck]:
    """Links of what is out that lead nowhere any more."""
    return list(LinkCheck.objects.visible_to(editor).broken().select_related("edition__product")[:MOST])


def _waiting(
    edition: Edition, editor: User, authors: list[Credit], files: dict[int, EditionFile], forms: dict[str, Any]
) -> Waiting:
    slug = edition.product.slug
    return Waiting(
        edition=edition,
        pillars=tuple(pillar.name for pillar in edition.product.pillars.all()),
        by=", ".join(credit.person.shown_name for credit in authors if credit.person),
        is_own=any(credit.person_id == editor.pk for credit in authors),
        file=files.get(edition.pk),
        form=forms.get(slug) or GiveBackForm(prefix=slug, initial={"revision": edition.revision}),
    )


def _by_product(rows: Any, editions: Any) -> dict[int, list[Credit]]:
    found: dict[int, list[Credit]] = {}
    for credit in rows.filter(product__in=[edition.product_id for edition in editions]):
        found.setdefault(credit.product_id, []).append(credit)
    return found
