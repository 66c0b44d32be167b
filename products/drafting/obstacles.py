"""What of the text itself stands in the way of handing it in: footnotes that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import footnotes
from products.drafting.words import has_one_text
from products.models import Edition, EditionPart
from products.road.obstacles import Reason, checks

STEPS = {"submit", "publish"}


def broken_footnotes(edition: Edition, step: str) -> Iterator[str]:
    """Each by its part, its paragraph and its name."""
    if step not in STEPS:
        return
    alone, place = has_one_text(edition), [edition.product.slug, edition.number]
    for part in EditionPart.objects.filter(edition=edition).select_related("pillar").order_by("position", "pk"):
        named = part.title or (part.pillar.name if part.pillar else part.slug)
        for problem in footnotes.problems(part.body):
            if alone:
                yield Reason(problem, reverse("products:edition-edit", args=place))
            else:
                said = _("“%(part)s”: %(problem)s") % {"part": named, "problem": problem}
                yield Reason(said, reverse("products:part-edit", args=[*place, part.slug]))


checks.add("footnotes", broken_footnotes)
