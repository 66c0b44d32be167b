"""What a person writes, as a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import timezone

from discussions.models import Space
from products.models import Edition, KindRules, Product
from products.road.facts import facts_of, with_facts
from products.road.standing import Wait, waits_for
from products.rules import WRITES

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User

A_PAGE = 30


@dataclass(frozen=True)
class OwnLine:
    """The newest edition of a product that somebody writes, and what it waits for."""

    edition: Edition
    wait: Wait


@dataclass(frozen=True)
class Own:
    """A page of what somebody writes. `older` is the key with which the next page begins, 0 at the end."""

    lines: list[OwnLine]
    older: int
    is_first: bool


def page_of_own(person: User, *, before: str = "") -> Own:
    """Return the products that `person` writes, and those of the spaces they are in, the newest first."""
    mine = Product.objects.visible_to(person).made_by(person)
    if is_later := before.isdecimal() and len(before) < 18:
        mine = mine.filter(pk__lt=int(before))
    rows: Any = Edition.objects.followed_by(person).filter(product__in=mine, pk=F("product__newest"))
    found = list(with_facts(rows.select_related("product__space").order_by("-product_id"))[: A_PAGE + 1])
    usual, now, today = KindRules.of_all(), timezone.now(), timezone.localdate()
    lines = [OwnLine(edition, waits_for(facts_of(edition, usual), now, today)) for edition in found[:A_PAGE]]
    return Own(lines, found[A_PAGE - 1].product_id if len(found) > A_PAGE else 0, not is_later)


def spaces_to_write_in(person: User) -> QuerySet[Space]:
    """The spaces in which `person` may begin a product."""
    active = Space.objects.visible_to(person).filter(status=Space.Status.ACTIVE)
    return active.filter(roles__person=person, roles__role__in=WRITES).distinct().order_by("name")
