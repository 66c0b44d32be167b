"""What members say of a resource: that it is useful, and how they use it. Nobody is ranked by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.publication import publication_changed
from products.models import Product, ResourceUse

if TYPE_CHECKING:
    from ambassadors.models import User


def words_of_consent(title: str) -> str:
    """What somebody agrees to who lets everybody read how they use it."""
    return _("Everybody may read, with my name, how I use “%(title)s”. I can take it back at any time.") % {"title": title}


def find_useful(product: Product, *, by: User) -> ResourceUse:
    """It is useful to `by`; said twice it is said once."""
    _may(product, by)
    use: ResourceUse = ResourceUse.objects.get_or_create(product=product, person=by)[0]
    return use


@transaction.atomic
def say_how(product: Product, *, by: User, words: str, is_public: bool, agreed_to: str = "") -> ResourceUse:
    """Say how one uses it; without words it is merely useful. For everybody only where they agreed (`agreed_to`)."""
    words = words.strip()
    if is_public and not words:
        raise ValidationError({"words": _("Say how you use it: there is nothing to show yet.")})
    use = find_useful(product, by=by)
    was_public = use.is_public
    use.words, use.is_public, use.agreed_to = words, is_public, agreed_to if is_public else ""
    use.full_clean(exclude=["product", "person"])
    use.save()
    if was_public or is_public:
        publication_changed()
    return use


@transaction.atomic
def take_back(product: Product, *, by: User) -> bool:
    """Say nothing of it any more; False where nothing was said."""
    own = ResourceUse.objects.filter(product=product, person=by)
    was_public = own.filter(is_public=True).exists()
    number, _rows = own.delete()
    if was_public:
        publication_changed()
    return bool(number)


def _may(product: Product, by: User) -> None:
    if not by.is_member or product.kind != Product.Kind.RESOURCE or product.current_id is None:
        raise PermissionDenied("no resource that is out")
