"""What is known of editions on the road, read for many at once."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from products.models import CommunityReview, Edition, KindRules, Opinion, Review, ReviewRound
from products.road.standing import Facts


def with_facts(rows: QuerySet[Edition]) -> QuerySet[Any]:
    """Add to editions what `facts_of` needs, in the same query."""
    latest = ReviewRound.objects.filter(edition=OuterRef("pk")).order_by(
        "-number"
    )  # unscoped: numbers, of editions that the caller may read
    reviews = Review.objects.filter(round__edition=OuterRef("pk"))  # unscoped: likewise
    window = CommunityReview.objects.filter(edition=OuterRef("pk"), closed_at=None)  # unscoped: likewise
    blocking = Opinion.objects.blocking().filter(window__edition=OuterRef("pk"))  # unscoped: likewise
    return rows.annotate(
        round_needs=Subquery(latest.values("reviews_needed")[:1]),
        has_round=Exists(latest.filter(closed_at=None)),
        number_waiting=_number(reviews.waiting(), "round__edition"),
        number_in=_number(reviews.submitted().filter(round__revision=OuterRef("revision")), "round__edition"),
        first_due=Subquery(reviews.waiting().order_by("due_on").values("due_on")[:1]),
        window_closes=Subquery(window.values("closes_at")[:1]),
        objections=_number(blocking, "window__edition"),
    )


def facts_of(edition: Any, rules: dict[str, KindRules]) -> Facts:
    """What is known of an edition that `with_facts` read; `rules` are those of the kinds."""
    needs = edition.round_needs if edition.round_needs is not None else rules[edition.product.kind].reviews_needed
    return Facts(
        status=edition.status,
        since=edition.status_since,
        was_submitted=edition.submitted_at is not None,
        needed=needs,
        has_round=edition.has_round,
        waiting=edition.number_waiting,
        submitted=edition.number_in,
        due_on=edition.first_due,
        closes_at=edition.window_closes,
        objections=edition.objections,
    )


def _number(rows: QuerySet[Any], edition: str) -> Coalesce:
    counted = rows.order_by().values(edition).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
