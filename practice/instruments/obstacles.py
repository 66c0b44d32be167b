"""What stands in the way of an assessment: without an instrument, or with another text than its instrument's, it is not handed in."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.richtext import to_plain
from practice.instruments.text import parts_of
from practice.models import Instrument, InstrumentEdition
from products.models import Edition, EditionPart
from products.road.obstacles import Reason, checks

STEPS = {"submit", "publish"}


def says_what_it_asks(edition: Edition, step: str) -> Iterator[Reason]:
    """What readers and reviewers read is what respondents are asked."""
    if step not in STEPS or not Instrument.objects.filter(product=edition.product_id).exists():
        return
    url = reverse("admin:instrument-source", args=[edition.pk])
    kept = InstrumentEdition.objects.filter(edition=edition).first()
    if kept is None:
        yield Reason(_("Put in the text of the instrument, as it is to be in this edition."), url)
        return
    said = {row.slug: (row.title, to_plain(row.body)) for row in EditionPart.objects.filter(edition=edition)}
    for part in parts_of(kept.content):
        if said.pop(part["slug"], None) != (part["title"], to_plain(part["body"])):
            yield Reason(
                _("“%(part)s” no longer says what the instrument asks: put in its text again.") % {"part": part["title"]}, url
            )
    for title, _words in said.values():
        yield Reason(_("“%(part)s” is not of the instrument: take it out.") % {"part": title or _("without a title")})


checks.add("instrument", says_what_it_asks)
