"""What the clock does in community reviews: each step finds its rows by their date, and two clocks do no harm."""

from __future__ import annotations

from django.db import transaction

from correspondence.due import steps
from foundation.models import Via
from products.models import CommunityReview
from products.window import opening, telling, wishes


def close_windows() -> int:
    """Close those whose days are over; return how many people are told."""
    return sum(_close(window) for window in CommunityReview.objects.over().select_related("edition__product"))


@transaction.atomic
def _close(window: CommunityReview) -> int:
    return telling.tell_that_it_is_over(window) if opening.close(window, by=None, via=Via.CLOCK) else 0


steps.add("community reviews whose days are over", close_windows)
steps.add("community reviews that were opened", telling.tell_due)
steps.add("products that are there", wishes.tell_due)
