"""Matching: a buddy is suggested, confirmed, replaced, and one day let go. Nothing is mailed here: the welcome leaves by the clock.

Locks are taken in one order everywhere: the newcomer's account (`hold`), then offers by their keys. Whoever moves a match, here or where
the welcome is sent, holds its newcomer first: so of one newcomer nothing happens twice.
"""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from ambassadors.rules import is_support
from foundation.models import Via
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record
from welcome.buddies import pool
from welcome.buddies.hours import next_moment
from welcome.buddies.suggesting import NEVER_OVERRULED, Candidate, Suggestion, hindrances, reasons
from welcome.models import Buddy, BuddyMatch, BuddyText, WelcomeRules

if TYPE_CHECKING:
    from ambassadors.models import User

S, Why = BuddyMatch.Status, BuddyMatch.EndedWhy


def _by_support(user: User | None, match: BuddyMatch) -> bool:
    return is_support(user)


CONFIRM = Transition("confirmed a buddy", frozenset({S.PROPOSED}), S.CONFIRMED, _by_support, gettext_lazy("Confirm"))
CONFIRM_BY_CLOCK = Transition("confirmed a buddy", frozenset({S.PROPOSED}), S.CONFIRMED, anybody)
# Whoever withdraws, ends or replaces was asked by the caller: a newcomer, a buddy, the team, or nobody but the clock.
WITHDRAW = Transition("took a buddy back before the welcome", frozenset({S.PROPOSED, S.CONFIRMED}), S.WITHDRAWN, anybody)
END = Transition("ended a match", frozenset({S.WELCOMED, S.TOGETHER}), S.ENDED, anybody)
REPLACE = Transition("replaced a buddy", frozenset({S.WELCOMED, S.TOGETHER}), S.REPLACED, anybody)


class NotSuitable(ValidationError):
    """A rule of matching forbids this pair; `rules` are their names."""

    def __init__(self, rules: list[str]) -> None:
        super().__init__(" ".join(str(RULES[rule]) for rule in rules))
        self.rules = rules


RULES = {
    "themselves": gettext_lazy("Nobody welcomes themselves."),
    "not a member": gettext_lazy("They are no member now."),
    "blocked": gettext_lazy("These two cannot be brought together."),  # who blocked whom is nobody else's to know
    "stopped": gettext_lazy("They do not offer to welcome newcomers now."),
    "pausing": gettext_lazy("They are pausing."),
    "away": gettext_lazy("They are away."),
    "full": gettext_lazy("They have as many newcomers as they have room for."),
    "no words": gettext_lazy("There are no words that they approved: nothing leaves in their name without."),
    "both like a hand": gettext_lazy("Both would like a hand with websites."),
    "no language": gettext_lazy("They named no language in which both can talk."),
}


def hold(newcomer: int) -> None:
    """Let nobody else move anything of this newcomer's buddies until the end of the transaction."""
    list(get_user_model().objects.select_for_update(no_key=True).filter(pk=newcomer).values("pk"))


def words_of(buddy: Buddy) -> BuddyText | None:
    """Return the words that their buddy approved and that are in force."""
    found: BuddyText | None = BuddyText.objects.in_force().filter(buddy=buddy).first()
    return found


@transaction.atomic
def propose(
    newcomer: User,
    *,
    by: User | None = None,
    via: Via = Via.CLOCK,
    but: frozenset[int] = frozenset(),
    after: BuddyMatch | None = None,
) -> BuddyMatch | None:
    """Suggest the best buddy for a newcomer who has none; None when nobody suits, or when there is one by now.

    Whoever was theirs before is not suggested again, nor are the offers in `but`.
    """
    hold(newcomer.pk)
    earlier = BuddyMatch.objects.filter(newcomer=newcomer)
    if not _waits(newcomer) or earlier.live().exists():
        return None
    left_out = but | set(earlier.exclude(buddy=None).values_list("buddy", flat=True))
    _hold_pool()
    best = pool.suggestions_for(newcomer, but=left_out)[:1]
    return _made(newcomer, best[0], by=by, via=via, after=after) if best else None


@transaction.atomic
def choose(newcomer: User, buddy: Buddy, *, by: User, even_so: str = "", via: Via = Via.WEB) -> BuddyMatch:
    """Give a newcomer the buddy that somebody of the team chose, confirmed at once; what was suggested is taken back.

    Raises NotSuitable naming the rules against it: `even_so` is the reason for overruling those that can be overruled.
    """
    hold(newcomer.pk)
    if not is_support(by) or not _waits(newcomer):
        raise TransitionRefused(f"{newcomer} waits for no buddy")
    _take_back_suggestions(newcomer, by=by, via=via)
    one = _candidate(newcomer, buddy)
    profile = pool.profiles([newcomer.pk])[newcomer.pk]
    against = hindrances(profile, one)
    if against and (not even_so.strip() or NEVER_OVERRULED & set(against)):
        raise NotSuitable(against)
    found = reasons(profile, one, timezone.localdate())
    match = _made(newcomer, Suggestion(one, 0, found), by=by, via=via)
    note = "; ".join([*against, even_so.strip()]) if against else ""
    _confirm(match, CONFIRM, by=by, via=via, note=note)
    return match


@transaction.atomic
def confirm(match: BuddyMatch, *, by: User, via: Via = Via.WEB) -> None:
    """Take a suggested buddy: the welcome is on its way.

    Raises NotSuitable when something has come between, TransitionRefused when the suggestion is another by now.
    """
    _confirm_if_suitable(match, CONFIRM, by=by, via=via)


@transaction.atomic
def confirm_by_clock(match: BuddyMatch) -> None:
    """Take a suggested buddy without the support team, as the rules allow. Raises as `confirm` does."""
    _confirm_if_suitable(match, CONFIRM_BY_CLOCK, by=None, via=Via.CLOCK)


@transaction.atomic
def withdraw(match: BuddyMatch, why: str = Why.TEAM, *, by: User | None, via: Via = Via.WEB, note: str = "") -> None:
    """Take a match back before its welcome has left."""
    hold(match.newcomer_id)
    apply(WITHDRAW, match, by=by, via=via, history_note=note, ended_at=timezone.now(), ended_why=why)


@transaction.atomic
def another(match: BuddyMatch, *, by: User, via: Via = Via.WEB) -> BuddyMatch | None:
    """Take a suggestion back and make the next one; None, and nothing is taken back, when there is no other."""
    hold(match.newcomer_id)
    with transaction.atomic():
        withdraw(match, by=by, via=via)
        found = propose(match.newcomer, by=by, via=via)
        if found is None:
            transaction.set_rollback(True)
    return found


@transaction.atomic
def replace_before_welcome(match: BuddyMatch, why: str, *, by: User | None = None, via: Via = Via.CLOCK) -> BuddyMatch | None:
    """Let somebody else welcome the newcomer, for the buddy of `match` cannot; None when nobody else suits today.

    Where the community matches without the support team, the next one is confirmed at once; else it waits for the team's word.
    """
    hold(match.newcomer_id)
    withdraw(match, why, by=by, via=via)
    found = propose(match.newcomer, by=by, via=via, after=match)
    if found is not None and WelcomeRules.current().confirms_after is not None:
        confirm_by_clock(found)
    return found


@transaction.atomic
def replace(match: BuddyMatch, why: str, *, by: User | None, via: Via = Via.WEB) -> BuddyMatch | None:
    """Let somebody else take over after the welcome; None when nobody else suits today. What the two wrote stays."""
    hold(match.newcomer_id)
    apply(REPLACE, match, by=by, via=via, ended_at=timezone.now(), ended_why=why)
    return propose(match.newcomer, by=by, via=via, after=match)


@transaction.atomic
def end(match: BuddyMatch, why: str, *, by: User | None, via: Via = Via.WEB) -> None:
    """Let the two go: from now on the buddy has room again. Before the welcome, it is taken back."""
    hold(match.newcomer_id)
    move = WITHDRAW if match.status in WITHDRAW.sources else END
    apply(move, match, by=by, via=via, ended_at=timezone.now(), ended_why=why)


def is_suitable(match: BuddyMatch) -> list[str]:
    """Return the names of the rules that speak against this match now; its own place among the buddy's newcomers is not counted."""
    if match.buddy is None:
        return ["not a member"]
    profile = pool.profiles([match.newcomer_id])[match.newcomer_id]
    return hindrances(profile, _candidate(match.newcomer, match.buddy, but=match))


def when_to_send(newcomer: User, now: datetime, rules: WelcomeRules) -> datetime:
    """Return when the welcome of somebody confirmed now leaves."""
    return next_moment(newcomer.time_zone, now, rules)


def _confirm_if_suitable(match: BuddyMatch, move: Transition, *, by: User | None, via: Via) -> None:
    hold(match.newcomer_id)
    if match.buddy is None:
        raise NotSuitable(["not a member"])
    if against := [rule for rule in is_suitable(match) if rule in NEVER_OVERRULED or rule == "full"]:
        raise NotSuitable(against)
    _confirm(match, move, by=by, via=via)


def _confirm(match: BuddyMatch, move: Transition, *, by: User | None, via: Via, note: str = "") -> None:
    now = timezone.now()
    assert match.buddy is not None  # noqa: S101  callers have asked
    send_at = when_to_send(match.newcomer, now, WelcomeRules.current())
    apply(move, match, by=by, via=via, history_note=note, confirmed_at=now, send_at=send_at, text=words_of(match.buddy))


def _waits(newcomer: User) -> bool:
    """Whether somebody may be suggested for them at all: they are here, and not pausing."""
    own: Any = getattr(newcomer, "ambassador", None)
    if own is None:
        return False
    own.refresh_from_db(fields=["status"])
    return bool(own.status == "active")


def _hold_pool() -> None:
    """Count everybody's room under the locks of all offers: two newcomers at once may find the same last place."""
    list(Buddy.objects.select_for_update(no_key=True).filter(is_offering=True).order_by("pk").values("pk"))


def _candidate(newcomer: User, buddy: Buddy, but: BuddyMatch | None = None) -> Candidate:
    """The buddy as they stand now, under the lock of their offer. Suggestions that nobody has confirmed take up no room here."""
    list(Buddy.objects.select_for_update(no_key=True).filter(pk=buddy.pk).values("pk"))
    found = pool.candidates([newcomer.pk], timezone.now(), only=buddy.pk)
    if not found:
        raise NotSuitable(["not a member"])
    others = BuddyMatch.objects.taken().filter(buddy=buddy)
    taken = (others.exclude(pk=but.pk) if but else others).count()
    return dataclasses.replace(found[0], load=taken)


def _made(newcomer: User, suggestion: Suggestion, *, by: User | None, via: Via, after: BuddyMatch | None = None) -> BuddyMatch:
    welcomed = BuddyMatch.objects.filter(newcomer=newcomer, welcomed_at__isnull=False).exists()
    said = [reason.as_data() for reason in suggestion.reasons]
    match = BuddyMatch.objects.create(
        newcomer=newcomer, buddy_id=suggestion.buddy.key, reasons=said, after=after, takes_over=welcomed
    )
    record("suggested a buddy", match, by=by, via=via, after=S.PROPOSED)
    return match


def _take_back_suggestions(newcomer: User, *, by: User, via: Via) -> None:
    """Whatever has not been welcomed yet makes room for the choice; of somebody who has a buddy, one asks first."""
    for match in BuddyMatch.objects.live().filter(newcomer=newcomer):
        if match.status not in WITHDRAW.sources:
            raise TransitionRefused(f"{newcomer} has a buddy")
        withdraw(match, by=by, via=via)
