"""What else there is for the readers of a product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from products.models import Edition, Product
from products.pages.lists import Line, lines_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

MOST = 4
MOST_KICKSTARTERS = 12


@dataclass(frozen=True)
class Related:
    """What a product explains, what explains it, and what shares its pillars or topics."""

    explains: Sequence[Line]
    kickstarters: Sequence[Line]
    alike: Sequence[Line]

    def __bool__(self) -> bool:
        return bool(self.explains or self.kickstarters or self.alike)


def related_to(product: Product, reader: User | AnonymousUser) -> Related:
    """Return what is out and belongs to it: three short lists, read together."""
    out = Edition.objects.visible_to(reader).current().exclude(product=product.pk)
    kickstarters = out.filter(product__explains=product.pk)
    explained = out.filter(product=product.explains_id) if product.explains_id else out.none()
    alike = out.filter(_shares(product)).exclude(product__explains=product.pk).exclude(product=product.explains_id or 0)
    groups = [
        list(rows.newest_first().with_line()[:most])
        for rows, most in ((explained, 1), (kickstarters, MOST_KICKSTARTERS), (alike, MOST))
    ]
    lines = {line.pk: line for line in lines_of([edition for group in groups for edition in group], reader)}
    return Related(*([lines[edition.pk] for edition in group] for group in groups))


def _shares(product: Product) -> Q:
    pillars, topics = Product.pillars.through.objects, Product.topics.through.objects  # unscoped: vocabulary
    own_pillars = pillars.filter(product=product.pk).values("pillar")
    own_topics = topics.filter(product=product.pk).values("topic")
    return Q(Exists(pillars.filter(product=OuterRef("product"), pillar__in=own_pillars))) | Q(
        Exists(topics.filter(product=OuterRef("product"), topic__in=own_topics))
    )
