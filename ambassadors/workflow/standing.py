"""Where somebody stands: listed > active > paused, alumni, removed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ambassadors import emails, rules
from ambassadors.assistants.workflow import end_seats
from ambassadors.growth.workflow import notice_milestones
from ambassadors.inviting import seats
from ambassadors.models import Ambassador, ReturnRequest, User
from foundation.models import Via
from foundation.workflow import Transition, anybody, apply

if TYPE_CHECKING:
    from collections.abc import Callable

S = Ambassador.Status

INVITE = Transition("invited to sign in", frozenset({S.LISTED}), S.ACTIVE, rules.is_support, _lazy("Invite to sign in"))
PAUSE = Transition("paused", frozenset({S.ACTIVE}), S.PAUSED, rules.is_support_or_self, _lazy("Pause"))
RESUME = Transition("came back from a pause", frozenset({S.PAUSED}), S.ACTIVE, rules.is_support_or_self, _lazy("End the pause"))
RESUME_BY_CLOCK = Transition("came back from a pause", frozenset({S.PAUSED}), S.ACTIVE, anybody)
MAKE_ALUMNI = Transition(
    "left as an alumnus", frozenset({S.ACTIVE, S.PAUSED}), S.ALUMNI, rules.is_support_or_self, _lazy("Make an alumnus")
)
REACTIVATE = Transition("came back", frozenset({S.ALUMNI}), S.ACTIVE, rules.is_support, _lazy("Welcome back"))
WELCOME = Transition(
    "welcomed back",
    frozenset({ReturnRequest.Status.OPEN}),
    ReturnRequest.Status.WELCOMED,
    lambda user, wish: rules.is_support(user),
)
REMOVE = Transition("removed", frozenset({S.LISTED, S.ACTIVE, S.PAUSED, S.ALUMNI}), S.REMOVED, rules.may_remove, _lazy("Remove…"))
TAKE_OFF = Transition(REMOVE.name, frozenset({S.LISTED}), S.REMOVED, rules.may_remove, REMOVE.label)
REINSTATE = Transition("reinstated after an appeal", frozenset({S.REMOVED}), S.ACTIVE, rules.is_support)


@transaction.atomic
def invite_to_sign_in(ambassador: Ambassador, *, by: User, via: Via = Via.WEB) -> None:
    """Open the house to somebody on the roster, and tell them by mail how to sign in with a code."""
    seats.lock()
    apply(INVITE, ambassador, by=by, via=via, about=ambassador.user, joined_at=timezone.now())
    _open_account(ambassador.user, True)
    emails.invited_to_sign_in(ambassador)
    notice_milestones(by=by, via=via)


def pause(ambassador: Ambassador, *, by: User, via: Via = Via.WEB, until: date | None = None) -> None:
    """Let somebody step back for a while, perhaps until a day: the house stays open to them, nobody asks anything of them."""
    if until is not None and until <= timezone.localdate():
        raise ValidationError(_("Choose a day to come, or none."))
    apply(PAUSE, ambassador, by=by, via=via, about=ambassador.user, paused_until=until)


def resume(ambassador: Ambassador, *, by: User, via: Via = Via.WEB) -> None:
    """Come back from a pause."""
    apply(RESUME, ambassador, by=by, via=via, about=ambassador.user, paused_until=None)


def end_pause_by_clock(ambassador: Ambassador) -> None:
    """Come back on the day that was said when the pause began."""
    apply(RESUME_BY_CLOCK, ambassador, by=None, via=Via.CLOCK, about=ambassador.user, paused_until=None)


@transaction.atomic
def make_alumni(
    ambassador: Ambassador, *, by: User, via: Via = Via.WEB, listed_for: str = "", is_credited: bool | None = None
) -> None:
    """Let somebody leave with thanks: they may still sign in, and see what is their own.

    `listed_for` says who finds them from now on, `is_credited` whether what they did keeps their name; without them, as they chose before.
    """
    chosen: Any = {"alumni_listed_for": listed_for} if listed_for else {}
    seats.lock()
    apply(MAKE_ALUMNI, ambassador, by=by, via=via, about=ambassador.user, paused_until=None, **chosen)
    if is_credited is not None:
        User.objects.filter(pk=ambassador.user_id).update(is_credited=is_credited)
    end_seats(ambassador.user, by=by, via=via)
    emails.goodbye(ambassador)
    seats.fill_seats(via=via)


@transaction.atomic
def reactivate(ambassador: Ambassador, *, by: User, via: Via = Via.WEB) -> None:
    """Open the house again to an alumnus, who gets their name back; a wish to come back has been heard."""
    seats.lock()
    apply(REACTIVATE, ambassador, by=by, via=via, about=ambassador.user)
    notice_milestones(by=by, via=via)
    User.objects.filter(pk=ambassador.user_id).update(is_credited=True)
    wish = ReturnRequest.objects.open().filter(person=ambassador.user_id).first()
    if wish is not None:
        apply(WELCOME, wish, by=by, via=via, about=ambassador.user)
    emails.welcome_back(ambassador)


@transaction.atomic
def remove(ambassador: Ambassador, *, by: User, reason: str, agreed: User | None = None, via: Via = Via.WEB) -> None:
    """Put somebody out, with a reason that stays in the history: their account closes and every session of theirs ends at once.

    Two of the support team decide this, `by` and whoever `agreed`. Somebody who is on the roster and was never invited, one takes off.
    """
    if not reason.strip():
        raise ValidationError(_("Give the reason: it is kept in the history."))
    if ambassador.status != S.LISTED and (agreed is None or agreed.pk == by.pk or not rules.may_remove(agreed, ambassador)):
        raise PermissionDenied(_("Two of the support team decide to remove a member."))
    seats.lock()
    apply(REMOVE, ambassador, by=by, via=via, about=ambassador.user, history_note=reason.strip())
    end_seats(ambassador.user, by=by, via=via)
    close_account(ambassador.user)
    seats.fill_seats(via=via)


@transaction.atomic
def reinstate(ambassador: Ambassador, *, by: User, via: Via = Via.WEB) -> None:
    """Open the house again to somebody who was removed wrongly. They take their seat, if need be beyond the cap."""
    seats.lock()
    apply(REINSTATE, ambassador, by=by, via=via, about=ambassador.user)
    open_account(ambassador.user)


def close_account(user: User) -> None:
    """Keep somebody from signing in, and sign them out on every device."""
    _open_account(user, False)
    _end_sessions(user)


def open_account(user: User) -> None:
    """Let somebody sign in again, with a code sent by mail."""
    _open_account(user, True)


def _open_account(user: User, is_active: bool) -> None:
    User.objects.filter(pk=user.pk).update(is_active=is_active)
    user.refresh_from_db(fields=["is_active"])


def _end_sessions(user: User) -> None:
    """End the sessions, so that none of them comes to life again should the account ever be opened anew.

    They die by the new (unusable) password, to whose hash each is bound; the rows go too, where they are known to be this person's.
    """
    user.set_unusable_password()
    user.save(update_fields=["password"])
    sessions = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=sessions.values("session_key")).delete()
    sessions.delete()


# What the buttons in the admin offer, by the word in their address.
MOVES: dict[str, tuple[Transition, Callable[..., Any]]] = {
    "invite": (INVITE, invite_to_sign_in),
    "pause": (PAUSE, pause),
    "resume": (RESUME, resume),
    "make-alumni": (MAKE_ALUMNI, make_alumni),
    "reactivate": (REACTIVATE, reactivate),
    "remove": (TAKE_OFF, remove),
}


def actions_for(user: User, ambassador: Ambassador) -> dict[str, str]:
    """Return the moves that `user` may make on `ambassador` now: word and label."""
    return {word: str(move.label) for word, (move, _function) in MOVES.items() if move.offered_to(user, ambassador)}
