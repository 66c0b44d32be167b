"""How an instrument comes to be: its text is read, becomes an edition of its product, and goes the road of products from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from practice.instruments.reading import read_instrument
from practice.instruments.text import parts_of
from practice.models import Instrument, InstrumentEdition
from products.drafting import workflow as drafting
from products.models import Edition, Product

if TYPE_CHECKING:
    from ambassadors.models import User
    from discussions.models import Space


TAKEN = {
    "sessions",
    "respondents",
    "respond",
    "start",
    "instruments",
    "actions",
    "notes",
    "organizations",
    "questions",
    "talks",
    "help",
}


@transaction.atomic
def begin_instrument(source: str, *, by: User, space: Space | None = None) -> InstrumentEdition:
    """Begin an instrument: a product of the kind assessment, and its first edition as a draft of `by`.

    Raises Unreadable, PermissionDenied, and ValidationError where the key is another instrument's.
    """
    found = read_instrument(source)
    if found.key in TAKEN:
        raise ValidationError(
            _("“%(key)s” is the address of a page of the practice: give this one another key.") % {"key": found.key}
        )
    if Instrument.objects.filter(key=found.key).exists():
        raise ValidationError(
            _("There is an instrument with the key “%(key)s” already: give this one another.") % {"key": found.key}
        )
    product = drafting.begin_product(by=by, kind=Product.Kind.ASSESSMENT, title=found.title, space=space)
    instrument = Instrument.objects.create(product=product, key=found.key)
    edition = Edition.objects.select_related("product__space").get(product=product)  # unscoped: it was begun a line above
    return _keep(instrument, edition, source, by=by, revision=edition.revision)


@transaction.atomic
def save_source(edition: Edition, source: str, *, by: User, revision: int) -> InstrumentEdition:
    """Keep another text of an instrument's edition, as long as it can be written.

    Raises Unreadable, PermissionDenied, ValidationError where it is the text of another instrument, and TransitionRefused when the
    edition was saved since `revision` or has moved on.
    """
    instrument = Instrument.objects.get(product=edition.product_id)
    found = read_instrument(source)
    if found.key != instrument.key:
        said = {"key": instrument.key, "other": found.key}
        raise ValidationError(_("This is the text of “%(other)s”; here “%(key)s” is written.") % said)
    return _keep(instrument, edition, source, by=by, revision=revision)


def source_of(edition: Edition) -> str:
    """Return what the instrument of `edition` asks in YAML: its own text, or that of the edition before while it has none. Or nothing."""
    rows = InstrumentEdition.objects.filter(edition__product=edition.product_id, edition__number__lte=edition.number)
    found = rows.order_by("-edition__number").values_list("source", flat=True).first()
    return found or ""


def _keep(instrument: Instrument, edition: Edition, source: str, *, by: User, revision: int) -> InstrumentEdition:
    found = read_instrument(source)
    drafting.save_edition(edition, by=by, revision=revision, parts=parts_of(found), title=found.title)
    said = {"instrument": instrument, "source": source, "saved_by": by, "saved_at": timezone.now()}
    kept, _is_new = InstrumentEdition.objects.update_or_create(edition=edition, defaults=said)
    return kept
