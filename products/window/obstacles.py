"""What community review and the language of an audience put in the way of a step of the road."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.models import CommunityReview, Edition, Opinion, Product, Review
from products.road.obstacles import Reason, checks

DECIDED = frozenset({"decide", "publish"})
GOOD = frozenset({Review.Verdict.PUBLISH, Review.Verdict.MINOR})


def days_left(edition: Edition, step: str) -> Iterator[str]:
    """Nobody decides before everybody had their days, which every member was promised."""
    if step != "decide" or edition.status != Edition.Status.COMMUNITY_REVIEW:
        return
    window = CommunityReview.objects.filter(edition=edition).open().first()
    if window is not None:
        day = date_format(timezone.localtime(window.closes_at), "j F, H:i")
        yield _("Every ambassador can speak until %(day)s. It can be approved after that.") % {"day": day}


def open_objections(edition: Edition, step: str) -> Iterator[str]:
    """An objection that nobody answered or overrode, from whichever of its community reviews."""
    if step not in DECIDED:
        return
    number = Opinion.objects.blocking().filter(window__edition=edition).count()
    if number:
        said = ngettext(
            "%(number)d objection waits for an answer. It can be answered, or overridden by an editor with a reason.",
            "%(number)d objections wait for an answer. Each can be answered, or overridden by an editor with a reason.",
            number,
        )
        yield Reason(said % {"number": number}, reverse("products:community-review-detail", args=[edition.product.slug]))


def speaks_its_language(edition: Edition, step: str) -> Iterator[str]:
    """A kickstarter needs the word of somebody of its audience, whom an editor asked as such, and whose last verdict on it is good."""
    product = edition.product
    if step not in DECIDED or product.kind != Product.Kind.KICKSTARTER or product.readership_id is None:
        return
    theirs = Review.objects.submitted().filter(round__edition=edition, speaks_for=product.readership_id)
    last = theirs.order_by("reviewer", "-round__number").distinct("reviewer").values_list("verdict", flat=True)
    if not GOOD & set(last):
        said = _("Somebody of its audience (%(audience)s) has to review it and say that it can be published.")
        yield Reason(said % {"audience": product.readership}, reverse("products:round-detail", args=[product.slug, edition.number]))


checks.add("days of community review", days_left)
checks.add("open objections", open_objections)
checks.add("language of its audience", speaks_its_language)
