"""What a person writes, as a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from discussions.models import Space
from products.models import Product
from products.rules import WRITES

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User

A_PAGE = 30


@dataclass(frozen=True)
class Own:
    """A page of what somebody writes. `older` is the key with which the next page begins, 0 at the end."""

    products: list[Product]
    older: int
    is_first: bool


def page_of_own(person: User, *, before: str = "") -> Own:
    """Return the products that `person` writes, and those of the spaces they are in, the newest first."""
    rows = Product.objects.visible_to(person).made_by(person).order_by("-pk").select_related("newest", "space", "current")
    is_later = before.isdecimal() and len(before) < 18
    found = list((rows.filter(pk__lt=int(before)) if is_later else rows)[: A_PAGE + 1])
    return Own(found[:A_PAGE], found[A_PAGE - 1].pk if len(found) > A_PAGE else 0, not is_later)


def spaces_to_write_in(person: User) -> QuerySet[Space]:
    """The spaces in which `person` may begin a product."""
    active = Space.objects.visible_to(person).filter(status=Space.Status.ACTIVE)
    return active.filter(roles__person=person, roles__role__in=WRITES).distinct().order_by("name")
