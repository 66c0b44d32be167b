"""When a print is wanted: an edition comes out or is retired, or somebody agrees to be named in it, or takes that back."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from products.kinds import NEEDS
from products.models import Credit, Edition, EditionPrint
from products.printing.workflow import want_print
from products.signals import edition_moved

OUT = (Edition.Status.PUBLISHED, Edition.Status.RETIRED)


@receiver(edition_moved, dispatch_uid="prints")
def edition_has_moved(sender: Any, *, edition: Edition, **_signal: Any) -> None:
    """What comes out is put in print; what is retired is printed again, with the reason on it."""
    if edition.status in OUT and not edition.is_withdrawn and NEEDS[edition.product.kind].text:
        want_print(edition)


@receiver([post_save, post_delete], sender=Credit, dispatch_uid="prints of credits")
def credit_has_changed(sender: Any, *, instance: Credit, **_signal: Any) -> None:
    """Somebody agreed to be named, or took it back: what is out is printed anew."""
    printed = EditionPrint.objects.filter(edition__product=instance.product_id, edition__is_withdrawn=False)
    for one in printed.select_related("edition"):
        want_print(one.edition)
