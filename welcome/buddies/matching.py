"""What the clock does for matching: suggestions for whoever waits, and the ones that nobody of the team has to look at."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ambassadors.models import Ambassador
from foundation.models import Via
from foundation.workflow import TransitionRefused
from welcome.buddies import pool, workflow
from welcome.buddies.suggesting import NEVER_OVERRULED, hindrances
from welcome.models import BuddyMatch, WelcomeRules

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User

logger = logging.getLogger(__name__)
NEW = timedelta(days=30)  # somebody who has been here for longer needs no welcome any more
AT_ONCE = 100  # people looked at in one turn of the clock: the next turn is minutes away
Why = BuddyMatch.EndedWhy


def waiting(now: datetime | None = None) -> QuerySet[Any]:
    """Newcomers who have no buddy and for whom nobody is suggested, the newest first; nobody who had one and was let go, unless the buddy left."""
    now = now or timezone.now()
    new = Ambassador.objects.filter(user=OuterRef("pk"), status="active", joined_at__gt=now - NEW)
    theirs = BuddyMatch.objects.filter(newcomer=OuterRef("pk"))
    let_go = theirs.filter(status="ended").exclude(ended_why=Why.BUDDY_LEFT)
    people = get_user_model().objects.filter(Exists(new), ~Exists(theirs.live()), ~Exists(let_go))
    found: QuerySet[Any] = people.filter(is_active=True).order_by("-ambassador__joined_at", "-pk")
    return found


def suggest_for_waiting() -> int:
    """Suggest somebody for each who waits, where somebody suits. It posts no mail."""
    people = list(waiting()[:AT_ONCE])
    suitable = pool.suggestions_for_each(people) if people else {}
    for person in people:
        if suitable[person.pk]:
            workflow.propose(person)
    return 0


def renew_suggestions() -> int:
    """Suggest somebody else where the one who was suggested cannot any more: nobody of the team has decided yet. It posts no mail."""
    matches = list(BuddyMatch.objects.filter(status="proposed").select_related("newcomer", "buddy").order_by("-pk")[:AT_ONCE])
    keys = [match.newcomer_id for match in matches]
    candidates = {one.key: one for one in pool.candidates(keys, timezone.now())} if matches else {}
    people = pool.profiles(keys) if matches else {}
    for match in matches:
        one = candidates.get(match.buddy_id or 0)
        against = hindrances(people[match.newcomer_id], one) if one else ["not a member"]
        if NEVER_OVERRULED & set(against):
            _move(workflow.replace_before_welcome, match, Why.BUDDY_LEFT)
    return 0


def confirm_due() -> int:
    """Take the suggestions that have lain long enough, where the community lets them be taken without the support team."""
    hours = WelcomeRules.current().confirms_after
    if hours is None:
        return 0
    lain = timezone.now() - timedelta(hours=hours)
    due = BuddyMatch.objects.filter(status="proposed", proposed_at__lte=lain).select_related("newcomer", "buddy")
    for match in due.order_by("pk")[:AT_ONCE]:
        try:
            _move(workflow.confirm_by_clock, match)
        except workflow.NotSuitable:
            _move(workflow.replace_before_welcome, match, Why.BUDDY_LEFT)
    return 0


def let_arrived_go() -> int:
    """After some weeks somebody has arrived: their buddy has room again. Nobody is told, the conversation stays."""
    since = timezone.now() - timedelta(days=WelcomeRules.current().arrived_days)
    arrived = BuddyMatch.objects.filter(status__in=["welcomed", "together"], welcomed_at__lte=since)
    for match in arrived.order_by("pk")[:AT_ONCE]:
        _move(workflow.end, match, Why.DONE, by=None, via=Via.CLOCK)
    return 0


def suggest_at_once(newcomer: User) -> None:
    """Suggest somebody for who has just joined. Whatever goes wrong, they have joined: the clock tries again."""
    try:
        workflow.propose(newcomer)
    except Exception:
        logger.exception("No buddy could be suggested at once; it is tried again at the next turn of the clock.")


def _move(move: Any, match: BuddyMatch, *args: Any, **kwargs: Any) -> None:
    try:
        move(match, *args, **kwargs)
    except TransitionRefused:  # somebody of the team, or another clock, was quicker
        logger.info("Match %s stands elsewhere by now.", match.pk)
