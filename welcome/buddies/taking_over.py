"""Somebody else goes on: because the newcomer would rather, because the buddy cannot, or because nothing was heard of them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, CharField, DateField, Exists, F, Func, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from ambassadors.rules import is_support
from correspondence import outbox
from correspondence.models import OutgoingMail
from discussions.models import Post
from foundation.models import Via
from foundation.workflow import TransitionRefused
from welcome.buddies import workflow
from welcome.models import BuddyMatch, WelcomeRules

if TYPE_CHECKING:
    from ambassadors.models import User
    from welcome.querysets import BuddyMatchQuerySet

S, Why = BuddyMatch.Status, BuddyMatch.EndedWhy
BEFORE, BEGUN = (S.CONFIRMED,), (S.WELCOMED, S.TOGETHER)
A_TURN = 200


def ask_for_another(match: BuddyMatch, *, by: User, via: Via = Via.WEB) -> None:
    """The newcomer would rather have somebody else; nobody asks why, and the buddy hears that the team goes on.

    Raises TransitionRefused when that was asked before, or the match is over.
    """
    if by.pk != match.newcomer_id:
        raise PermissionDenied(f"{by} is not the newcomer of {match}")
    _let_go(match, Why.ASKED, BEGUN, by=by, via=via)


def say_cannot(match: BuddyMatch, *, by: User, via: Via = Via.WEB) -> None:
    """The buddy cannot right now. Before the welcome nobody hears of it. Raises TransitionRefused when the match is over."""
    if match.buddy is None or by.pk != match.buddy.person_id:
        raise PermissionDenied(f"{by} is not the buddy of {match}")
    _let_go(match, Why.BUDDY_AWAY, BEFORE + BEGUN, by=by, via=via)


@transaction.atomic
def replace_quiet(match: BuddyMatch, *, by: User, via: Via = Via.WEB) -> BuddyMatch | None:
    """The team lets the one who suits best take over from a buddy of whom nothing was heard; None when nobody suits today.

    Raises TransitionRefused when the buddy has written by now.
    """
    if not is_support(by):
        raise PermissionDenied(f"{by} is not of the team")
    found = _let_go(match, Why.SILENT, (S.WELCOMED,), by=by, via=via)
    if found is not None and found.status == S.PROPOSED:
        workflow.confirm(found, by=by, via=via)
    return found


@transaction.atomic
def _let_go(
    match: BuddyMatch, why: str, states: tuple[str, ...], *, by: User | None = None, via: Via = Via.CLOCK
) -> BuddyMatch | None:
    """Let somebody else go on; return who is suggested, or confirmed where the community matches without the team."""
    workflow.hold(match.newcomer_id)
    match.refresh_from_db()
    if match.status not in states:
        raise TransitionRefused(f"{match} is {match.status} by now")
    if match.status in BEFORE:
        return workflow.replace_before_welcome(match, why, by=by, via=via)
    found = workflow.replace(match, why, by=by, via=via)
    if found is not None and WelcomeRules.current().confirms_after is not None:
        workflow.confirm_by_clock(found)
    if match.buddy is not None:
        outbox.post("buddy_thanks", match.buddy.person, key=f"buddy-thanks:{match.pk}", match=match.pk)
    return found


def replace_who_cannot() -> int:
    """By the clock: the newcomers of buddies who left, pause or are away get somebody else, and matches of newcomers who left end.

    So do those whose welcome was taken back before its mail left. Two who are in touch stay so while the buddy is away for some days.
    It posts no mail of its own.
    """
    for match in _of_newcomers_who_left()[:A_TURN]:
        with suppress(TransitionRefused):  # somebody moved it since it was found
            workflow.end(match, Why.NEWCOMER_LEFT, by=None, via=Via.CLOCK)
    for why, rows, states in (
        (Why.BUDDY_LEFT, _of_buddies_who_left(), BEFORE + BEGUN),
        (Why.BUDDY_AWAY, _of_buddies_at_rest(), BEFORE + BEGUN),
        (Why.BUDDY_LEFT, _whose_welcome_never_left(), (S.WELCOMED,)),
    ):
        for match in rows[:A_TURN]:
            with suppress(TransitionRefused):  # likewise
                _let_go(match, why, states)
    return 0


def _taken() -> BuddyMatchQuerySet:
    return BuddyMatch.objects.taken().select_related("newcomer", "buddy__person").order_by("pk")


def _of_newcomers_who_left() -> BuddyMatchQuerySet:
    """Suggestions as well: nobody may ever decide about them, and until then they take up room."""
    live = BuddyMatch.objects.live().select_related("newcomer", "buddy__person").order_by("pk")
    return live.exclude(newcomer__is_active=True, newcomer__ambassador__status__in=["active", "paused"])


def _of_buddies_who_left() -> BuddyMatchQuerySet:
    is_here = Q(buddy__person__is_active=True, buddy__person__ambassador__status__in=["active", "paused"])
    stopped = Q(status=S.CONFIRMED, buddy__is_offering=False)
    return _taken().filter(~is_here | stopped)


def _of_buddies_at_rest() -> BuddyMatchQuerySet:
    """As `available_on` says it: which day it is, is asked where the buddy lives."""
    there = Func(F("buddy__person__time_zone"), Value(timezone.now()), function="timezone")
    pausing = Q(buddy__person__ambassador__status="paused")
    away = Q(buddy__person__ambassador__away_until__gt=Cast(there, DateField())) & ~Q(status=S.TOGETHER)
    return _taken().filter(pausing | away)


def _whose_welcome_never_left() -> BuddyMatchQuerySet:
    """Approval or post was taken back while the mail waited, so it was dropped; nor has the newcomer found the words by themselves."""
    first = Concat(Value("welcome:"), Cast("newcomer", CharField()))
    key = Case(When(takes_over=True, then=Concat(first, Value(":"), Cast("pk", CharField()))), default=first)
    posts = Post.objects.filter(thread=OuterRef("thread"))  # unscoped: nobody is shown them
    taken_back = Q(text__withdrawn_at__isnull=False) | ~Exists(posts.filter(number=1, status="shown"))
    dropped = OutgoingMail.objects.filter(key=OuterRef("mail_key"), state=OutgoingMail.State.UNWANTED)
    rows = _taken().filter(taken_back, status=S.WELCOMED).annotate(mail_key=key)
    return rows.filter(Exists(dropped), ~Exists(posts.filter(author=OuterRef("newcomer"))))
