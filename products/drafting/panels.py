"""On the page of a space: what its people write together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discussions.models import Space
from foundation.panels import Panel, panels
from products import rules
from products.models import Edition, Product

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

MOST = 12


def written_here(reader: User | AnonymousUser, space: Space) -> dict[str, Any] | None:
    """The products of a space of which the reader may read an edition; those who write in it may begin one."""
    if not reader.is_authenticated or not reader.is_member:
        return None
    rows = Product.objects.visible_to(reader).filter(space=space).select_related("newest", "current").order_by("-pk")
    products = list(rows[: MOST + 1])
    may_begin = rules.may_begin(reader, space)
    if not products and not may_begin:
        return None
    followed = set(
        Edition.objects.visible_to(reader).followed_by(reader).filter(product__in=products).values_list("product", flat=True)
    )
    lines = [
        {"product": one, "edition": one.newest if one.pk in followed else one.current, "follows": one.pk in followed}
        for one in products
    ]
    shown = [line for line in lines if line["edition"] is not None]
    return {"lines": shown[:MOST], "has_more": len(shown) > MOST, "may_begin": may_begin, "space": space}


panels.add("products of a space", Panel("space", "products/drafting/_space_panel.html", written_here, weight=30))
