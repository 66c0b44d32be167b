"""After the welcome: the two are in touch, or the buddy is reminded once, and then the team is offered somebody else."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from correspondence import outbox
from discussions.models import Post, Thread
from discussions.signals import post_added
from foundation.models import Via
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record
from welcome.models import BuddyMatch, WelcomeRules

A_TURN = 200
S = BuddyMatch.Status
MEET = Transition("got in touch", frozenset({S.WELCOMED}), S.TOGETHER, anybody)


@receiver(post_added)
def notice_the_buddy(sender: Any, *, post: Post, thread: Thread, **kwargs: Any) -> None:
    """The buddy's own words beyond the welcome, by whatever door: from now on nobody reminds them."""
    if not thread.is_private or post.via == Via.APPROVED:
        return
    match = BuddyMatch.objects.filter(thread=thread, status=S.WELCOMED, buddy__person=post.author_id).first()
    if match is not None:
        with suppress(TransitionRefused):  # replaced at this very moment: what they wrote stands all the same
            apply(MEET, match, by=post.author, via=Via(post.via), about=post.author)


def remind() -> int:
    """Remind, once, the buddies who have not written for some days since the welcome; return how many."""
    limit = timezone.now() - timedelta(days=WelcomeRules.current().buddy_reminder_days)
    quiet = BuddyMatch.objects.filter(status=S.WELCOMED, reminded_at=None, welcomed_at__lte=limit, buddy__isnull=False)
    return sum(_remind(match) for match in quiet.select_related("buddy__person").order_by("pk")[:A_TURN])


@transaction.atomic
def _remind(match: BuddyMatch) -> bool:
    # The date is the token: of two clocks one sets it, and the mail lies in the outbox in the same commit.
    found = BuddyMatch.objects.filter(pk=match.pk, status=S.WELCOMED, reminded_at=None)
    if not found.update(reminded_at=timezone.now()) or match.buddy is None:
        return False
    outbox.post("buddy_reminder", match.buddy.person, key=f"buddy-reminder:{match.pk}", match=match.pk)
    return True


def offer_somebody_else() -> int:
    """Lay matches before the team whose buddy was reminded in vain. It posts no mail: a card lies on the desk of the team."""
    limit = timezone.now() - timedelta(days=WelcomeRules.current().replacement_days)
    quiet = BuddyMatch.objects.filter(status=S.WELCOMED, offered_at=None, reminded_at__lte=limit)
    for match in quiet.order_by("pk")[:A_TURN]:
        _offer(match)
    return 0


@transaction.atomic
def _offer(match: BuddyMatch) -> None:
    if BuddyMatch.objects.filter(pk=match.pk, status=S.WELCOMED, offered_at=None).update(offered_at=timezone.now()):
        record("offered the team somebody else", match, by=None, via=Via.CLOCK)
