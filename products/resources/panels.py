"""On the page of a resource: who uses it, and for members a word about whether it is useful to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discussions.querysets.spaces import is_let_in
from foundation.panels import Panel, panels
from products.models import Product, ResourceUse

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

MOST = 100


def used_by(reader: User | AnonymousUser, product: Any) -> dict[str, Any] | None:
    """What is said of a resource; to visitors nothing where nobody lets them read anything."""
    if product.kind != Product.Kind.RESOURCE:
        return None
    rows = ResourceUse.objects.visible_to(reader).filter(product=product).select_related("person__ambassador__organization")
    uses = list(rows[:MOST])
    is_member = is_let_in(reader)
    said = [use for use in uses if use.words]
    if not is_member and not said:
        return None
    own = next((use for use in uses if use.person_id == reader.pk), None)
    return {"product": product, "is_member": is_member, "number": len(uses), "said": said, "own": own}


panels.add("who uses a resource", Panel("product", "products/resources/_used_by.html", used_by))
