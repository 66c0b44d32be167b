"""What a new community starts with: audiences, the numbers of each kind, and an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from foundation.models import RoleLabel, Via
from products.models import EditorDuty, KindRules, Product, Readership
from products.road.duties import give_duty

if TYPE_CHECKING:
    from ambassadors.models import User

# Each audience, and the role labels whose people speak its language.
READERSHIPS: dict[str, list[str]] = {
    "Board members": ["Board member"],
    "Executive directors": ["Executive director"],
    "Practitioners": ["Practitioner"],
    "Funders": ["Funder"],
    "Public servants": ["Public servant", "Policy maker"],
    "Teachers and coaches": ["Teacher or coach"],
}


@transaction.atomic
def fill_products(founder: User) -> None:
    """Fill each list that is still empty. A list that somebody has begun is theirs, and left alone."""
    if not Readership.objects.exists():
        for position, (name, labels) in enumerate(READERSHIPS.items(), start=1):
            audience = Readership.objects.create(name=name, position=position)
            audience.role_labels.set(RoleLabel.objects.filter(name__in=labels))
    if not KindRules.objects.exists():
        KindRules.objects.bulk_create(KindRules.usual(kind) for kind in Product.Kind.values)
    if not EditorDuty.objects.exists():
        give_duty(founder, by=founder, via=Via.COMMAND)
