"""What editors do with a product beside the road of its editions: announce it, give it another address, lead its readers on, look after it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.models import Via
from foundation.publication import publication_changed
from foundation.workflow import TransitionRefused, record
from products import rules
from products.drafting.workflow import RESERVED
from products.models import EditorDuty, Product, ProductAddress

if TYPE_CHECKING:
    from ambassadors.models import User


@transaction.atomic
def announce(
    product: Product, *, by: User, expected_on: date, announced_as: str, announcement: str = "", via: Via = Via.WEB
) -> None:
    """Tell everybody that it is to come, under which title and in which month: what its draft is called later changes nothing of that.

    Raises ValidationError for a month that has passed.
    """
    held = _held(product, by)
    if held.current_id is not None:
        raise TransitionRefused(f"{held} is out")
    if expected_on.replace(day=1) < timezone.localdate().replace(day=1):
        raise ValidationError({"month": _("That month has passed.")})
    said = {"expected_on": expected_on.replace(day=1), "announced_as": announced_as.strip(), "announcement": announcement.strip()}
    held.announced_at = held.announced_at or timezone.now()
    _save(held, **said, announced_at=held.announced_at)
    record("announced", held, by=by, via=via, note=f"{expected_on:%Y-%m}")
    publication_changed()


@transaction.atomic
def take_announcement_back(product: Product, *, by: User, via: Via = Via.WEB) -> None:
    """It is not announced any more. Whoever asked to be told of its launch still is."""
    held = _held(product, by)
    if held.announced_at is None:
        raise TransitionRefused(f"{held} is not announced")
    _save(held, announced_at=None)
    record("took the announcement back", held, by=by, via=via)
    publication_changed()


@transaction.atomic
def rename(product: Product, slug: str, *, by: User, via: Via = Via.WEB) -> Product:
    """Give it another address. The one before leads to it for ever, and can become no other product's.

    Raises ValidationError where the address is, or was, another product's.
    """
    held = _held(product, by)
    validate_slug(slug)
    if slug == held.slug:
        return held
    _must_be_free(slug, held)
    ProductAddress.objects.filter(product=held, slug=slug).delete()
    ProductAddress.objects.get_or_create(slug=held.slug, defaults={"product": held})
    former = held.slug
    _save(held, slug=slug)
    record("renamed", held, by=by, via=via, note=former)
    publication_changed()
    return held


@transaction.atomic
def lead_on(product: Product, to: Product | None, *, by: User, via: Via = Via.WEB) -> None:
    """Lead readers of a product that is not out any more to another one; None leads them nowhere.

    Raises ValidationError where they would go round in a circle, or to what they may not read.
    """
    held = _held(product, by)
    if to is not None and (held.current_id is not None or to.current_id is None):
        raise ValidationError({"to": _("Only from a product that is retired, to one that is out.")})
    seen, step = {held.pk}, to
    while step is not None:
        if step.pk in seen:
            raise ValidationError({"to": _("From there readers would be led back here.")})
        seen.add(step.pk)
        step = step.moved_to
    _save(held, moved_to=to)
    record("led on", held, by=by, via=via, note=to.slug if to else "")
    publication_changed()


@transaction.atomic
def assign(product: Product, editor: User | None, *, by: User, via: Via = Via.WEB) -> None:
    """Say which editor sees it through; None leaves it to all of them. Raises ValidationError where they could not decide."""
    held = _held(product, by)
    if editor is not None and (not EditorDuty.objects.here().filter(person=editor).exists() or rules.is_author(editor, held)):
        raise ValidationError({"editor": _("%(name)s cannot decide about it.") % {"name": editor}})
    _save(held, editor=editor)
    record("assigned", held, by=by, via=via, about=editor)


def _held(product: Product, by: User) -> Product:
    """Lock the product. Raises PermissionDenied where `by` does not decide about it."""
    held = Product.objects.select_for_update(of=("self",), no_key=True).select_related("space", "newest").get(pk=product.pk)
    if held.newest is None or not rules.may_decide(by, held.newest):
        raise PermissionDenied("not theirs to keep")
    return held


def _must_be_free(slug: str, product: Product) -> None:
    others = Product.objects.exclude(pk=product.pk).filter(slug=slug).exists()
    former = ProductAddress.objects.exclude(product=product).filter(slug=slug).exists()
    if others or former or slug in RESERVED:
        raise ValidationError({"slug": _("This address is, or was, something else's: readers would come to the wrong page.")})


def _save(product: Product, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(product, name, value)
    product.full_clean(exclude=["slug"], validate_unique=False)
    product.save(update_fields=[*fields])
