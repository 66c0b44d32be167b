"""What comes due about reviews: two reminders at most, and whoever is no member any more is not waited for."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone

from ambassadors.models import Ambassador
from ambassadors.querysets import who_are_members
from correspondence.due import steps
from foundation.models import Via
from foundation.workflow import TransitionRefused
from products.models import Review
from products.reviewing.workflow.asking import let_go, remind

AHEAD = timedelta(days=3)  # the first reminder
BEHIND = timedelta(days=2)  # the second
AT_PEACE = timedelta(days=2)  # whoever was asked or reminded just now knows


def remind_reviewers() -> int:
    """Remind those whose review is wanted soon, and those whose day has passed; return how many were."""
    return sum(_remind(review) for review in list(_to_remind().select_related("round__edition")))


def _to_remind() -> QuerySet[Review]:
    now = timezone.now()
    today = timezone.localdate(now)
    there = Ambassador.objects.available_on(now).values("user")
    rows: QuerySet[Review] = Review.objects.waiting().filter(invited_at__lte=now - AT_PEACE)
    soon = Q(reminded=0, due_on__lte=today + AHEAD)
    late = Q(reminded=1, due_on__lte=today - BEHIND, reminded_at__lte=now - AT_PEACE)
    return rows.filter(soon | late).filter(Q(reviewer__in=there) | Q(reviewer__is_staff=True, reviewer__ambassador=None))


def _remind(review: Review) -> int:
    # Two clocks may have read the row: under the lock of the product the second finds that it was reminded today.
    try:
        remind(review, by=None, via=Via.CLOCK)
    except (TransitionRefused, ValidationError):
        return 0
    return 1


def release_those_who_left() -> int:
    """Wait no longer for reviewers who are no members any more, so that somebody else can be asked."""
    gone = Review.objects.waiting().filter(reviewer__isnull=False).exclude(who_are_members("reviewer__"))
    number = 0
    for review in list(gone.select_related("round__edition")):
        try:
            let_go(review)
        except TransitionRefused:
            continue
        number += 1
    return number


steps.add("reviews to remind of", remind_reviewers)
steps.add("reviewers who left", release_those_who_left)
