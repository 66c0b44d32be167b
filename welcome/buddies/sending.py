"""The welcome leaves: once for each newcomer, in words that their buddy approved, and within the hours of the newcomer's day.

All of it is one transaction under the newcomer's lock: whatever stands against the match is asked there, the private conversation begins,
the match moves, and the mails lie in the outbox. A worker that is killed has done all of it or nothing. What was committed the database
holds to: one first welcome for each newcomer (a constraint of the matches), one mail of it (its key in the outbox).
"""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence import outbox
from correspondence.models import OutgoingMail
from correspondence.models.outgoing import zone_of
from discussions.workflow import start_private_thread
from foundation.models import Community, Via
from foundation.workflow import Transition, TransitionRefused, anybody, apply
from welcome.buddies import workflow
from welcome.buddies.suggesting import NEVER_OVERRULED
from welcome.buddies.words import filled_in
from welcome.models import BuddyMatch, BuddyText, WelcomeRules

if TYPE_CHECKING:
    from ambassadors.models import User

logger = logging.getLogger(__name__)

A_TURN = 200
S, Why = BuddyMatch.Status, BuddyMatch.EndedWhy
# By the clock alone: whoever speaks in it has approved the words, and the history names their edition.
WELCOME = Transition("welcomed in approved words", frozenset({S.CONFIRMED}), S.WELCOMED, anybody)
AWAY_RULES = frozenset({"away", "pausing"})


def send_due() -> int:
    """Send the welcomes whose time has come; return how many. One that fails keeps no other from leaving."""
    now, sent = timezone.now(), 0
    due = BuddyMatch.objects.filter(status=S.CONFIRMED, send_at__lte=now).order_by("send_at", "pk")
    for pk in list(due.values_list("pk", flat=True)[:A_TURN]):
        try:
            sent += send(pk)
        except Exception:
            logger.exception("The welcome of match %s did not leave; it is tried again at the next turn of the clock.", pk)
    return sent


def send(pk: int) -> bool:
    """Welcome the newcomer of one match if its time has come and nothing stands against it; else see to it that somebody will."""
    is_sent, against = _send(pk)
    if against:
        # In a transaction of its own: it locks all offers in the order of their keys, and `_send` held one of them.
        match = BuddyMatch.objects.select_related("newcomer", "buddy").get(pk=pk)
        with suppress(TransitionRefused):  # the team or the newcomer was quicker
            workflow.replace_before_welcome(match, Why.BUDDY_AWAY if AWAY_RULES & set(against) else Why.BUDDY_LEFT)
    return is_sent


@transaction.atomic
def _send(pk: int) -> tuple[bool, list[str]]:
    """Return whether it was sent, and by which rules somebody else has to."""
    match, now = _held(pk), timezone.now()
    if match is None or match.status != S.CONFIRMED or match.send_at is None or match.send_at > now:
        return False, []  # another clock, the team or the newcomer was here while we waited
    if not _is_here(match):
        return False, []
    if (moment := _moment_for(match.newcomer, now)) > now:
        BuddyMatch.objects.filter(pk=pk).update(send_at=moment)
        return False, []
    if against := [rule for rule in workflow.is_suitable(match) if rule in NEVER_OVERRULED]:
        return False, against
    welcome(match, now)
    return True, []


def _held(pk: int) -> BuddyMatch | None:
    """The match as it stands once nobody else can move it: under the lock of its newcomer."""
    newcomer = BuddyMatch.objects.filter(pk=pk).values_list("newcomer", flat=True).first()
    if newcomer is None:
        return None
    workflow.hold(newcomer)
    found: BuddyMatch | None = (
        BuddyMatch.objects.filter(pk=pk).select_related("newcomer__ambassador", "buddy__person__ambassador").first()
    )
    return found


def _is_here(match: BuddyMatch) -> bool:
    """Whether the newcomer is still a member. Of one who has left, the match is taken back: nobody is welcomed behind them."""
    own: Any = getattr(match.newcomer, "ambassador", None)
    if match.newcomer.is_active and own is not None and own.status in ("active", "paused"):
        return True
    workflow.withdraw(match, Why.NEWCOMER_LEFT, by=None, via=Via.CLOCK)
    return False


def _moment_for(newcomer: User, now: datetime) -> datetime:
    """When their welcome may leave: not while they are pausing or away, and never outside the hours of the day they live in."""
    own: Any = newcomer.ambassador
    is_away = own.away_until is not None and own.away_until > timezone.localdate(now, zone_of(newcomer))
    rests = own.status == "paused" or is_away
    return workflow.when_to_send(newcomer, now + timedelta(days=1) if rests else now, WelcomeRules.current())


def welcome(match: BuddyMatch, now: datetime) -> None:
    """Begin the conversation of the two in the words that the buddy approved, and let the mails out; callers hold the match and have asked."""
    buddy, newcomer = match.buddy, match.newcomer
    assert buddy is not None  # noqa: S101  `is_suitable` has asked
    text = workflow.words_of(buddy)
    assert text is not None  # noqa: S101  likewise
    key = f"welcome:{newcomer.pk}"
    takes_over = match.takes_over or OutgoingMail.objects.filter(key=key).exists()
    thread = start_private_thread(
        by=buddy.person, to=newcomer, subject=_subject(), body=words_for(newcomer, text), via=Via.APPROVED
    )
    note = _("edition %(number)s of their words") % {"number": text.number}
    moved: dict[str, Any] = {"thread": thread, "text": text, "welcomed_at": now, "takes_over": takes_over}
    apply(WELCOME, match, by=None, via=Via.CLOCK, about=buddy.person, history_note=note, **moved)
    about: dict[str, Any] = {"match": match.pk, "post": thread.posts.get(number=1).pk}
    if takes_over:
        outbox.post("buddy_takes_over", newcomer, key=f"{key}:{match.pk}", **about)
    else:
        outbox.post("buddy_welcome", newcomer, key=key, **about)
    outbox.post("buddy_hooks", buddy.person, key=f"buddy-hooks:{match.pk}", **about)


def _subject() -> str:
    return _("Welcome to %(community)s") % {"community": Community.current().name}


def words_for(newcomer: User, text: BuddyText) -> str:
    """The words that the buddy approved, with the names filled in."""
    return filled_in(
        text.words, newcomer=newcomer.get_short_name(), buddy=str(text.buddy.person), community=Community.current().name
    )
