"""On the page about the practice: the instruments with which organisations can begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foundation.models import Community
from foundation.panels import Panel, panels
from practice.models import Instrument, InstrumentEdition
from products.models import Product
from products.pages.finding import VISITOR

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


def offered(reader: User | AnonymousUser, _community: Community) -> dict[str, Any] | None:
    """The released instruments, each in its current edition."""
    rows = InstrumentEdition.objects.visible_to(reader).released().select_related("instrument", "edition")
    editions = list(rows.order_by("edition__published_at", "pk"))
    return {"editions": editions} if editions else None


def begin_with(_reader: User | AnonymousUser, product: Product) -> dict[str, Any] | None:
    """On the page of an instrument's product: where an organisation begins with it."""
    if product.kind != Product.Kind.ASSESSMENT:
        return None
    found = Instrument.objects.visible_to(VISITOR).released().filter(product=product).first()
    return {"instrument": found} if found else None


panels.add("begin with an instrument", Panel("product", "practice/instruments/_begin_with.html", begin_with, weight=5))
panels.add("instruments", Panel("practice", "practice/instruments/_offered.html", offered, weight=10))
