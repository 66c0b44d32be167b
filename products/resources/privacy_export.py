"""What an archive holds of what somebody said of resources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from foundation.privacy_export import Record, Section, exempt, sections
from products.models import ResourceUse

if TYPE_CHECKING:
    from ambassadors.models import User


def what_they_use(person: User) -> Iterable[Record]:
    """The resources that are useful to them, and what they said of them."""
    for use in ResourceUse.objects.filter(person=person).select_related("product").order_by("pk"):
        yield {
            "resource": use.product.slug,
            "how": use.words,
            "for everybody": use.is_public,
            "agreed to": use.agreed_to,
            "at": use.at,
        }


def leave_the_resources(person: User) -> None:
    """What they said of resources goes with them."""
    ResourceUse.objects.filter(person=person).delete()


sections.add(
    "resources",
    Section(
        _("Resources"),
        what_they_use,
        leave_the_resources,
        weight=20,
        models=("products.ResourceUse",),
        text=_("Which resources are useful to you, and what you said of them."),
    ),
)
exempt.add("products.LinkCheck", "whether a published link leads anywhere")
