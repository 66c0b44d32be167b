"""How an Update moves: draft > scheduled > sending > sent, with a way back until it begins, and a stop afterwards."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from correspondence.models import Update
from correspondence.update import links
from foundation.models import Via
from foundation.saving import save_fields
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

S = Update.Status
A_YEAR = timedelta(days=366)


def is_support(user: User | None, update: Any = None) -> bool:
    """The support team writes and sends the Update."""
    return user is not None and user.is_active and user.is_staff


def may_go_back(user: User | None, update: Update) -> bool:
    """What nobody has got yet can be written anew."""
    return is_support(user) and update.began_at is None


def may_go_on(user: User | None, update: Update) -> bool:
    """What some have got already can only go on to the others."""
    return is_support(user) and update.began_at is not None


SCHEDULE = Transition("scheduled", frozenset({S.DRAFT}), S.SCHEDULED, is_support, _lazy("Schedule…"))
UNSCHEDULE = Transition("took off the schedule", frozenset({S.SCHEDULED, S.STOPPED}), S.DRAFT, may_go_back, _lazy("Back to draft"))
BEGIN = Transition("began to go out", frozenset({S.SCHEDULED}), S.SENDING, anybody)
HOLD = Transition("stopped itself", frozenset({S.SCHEDULED, S.SENDING}), S.STOPPED, anybody)
STOP = Transition("stopped", frozenset({S.SENDING}), S.STOPPED, is_support, _lazy("Stop"))
GO_ON = Transition("goes on", frozenset({S.STOPPED}), S.SENDING, may_go_on, _lazy("Let it go on"))
END = Transition("went out", frozenset({S.SENDING}), S.SENT, anybody)
WITHDRAW = Transition("taken from the site", frozenset({S.SENT, S.STOPPED}), S.WITHDRAWN, may_go_on, _lazy("Take it from the site"))


@transaction.atomic
def keep(update: Update, *, by: User, seen: int = 0, changed: Iterable[str] = ()) -> None:
    """Save what was written in a draft. Raises ValidationError when a colleague has saved it, or sent it on its way, since `seen`."""
    if update._state.adding:
        update.save()
        record("wrote", update, by=by)
        return
    # Two editors may save at once: the second waits here, and finds a revision that they have not seen.
    now = Update.objects.select_for_update(no_key=True).get(pk=update.pk)
    if now.revision != seen:
        raise ValidationError(_("A colleague has saved this in the meantime. Your words are not saved: look at theirs first."))
    if now.status != S.DRAFT:
        raise ValidationError(_("This is no longer a draft. Take it off the schedule to change it."))
    update.revision = seen + 1
    save_fields(update, [*changed, "revision"])
    record("changed", update, by=by, note=", ".join(changed))


def schedule(update: Update, *, at: datetime, zone: str, by: User, seen: str | None = None, via: Via = Via.WEB) -> None:
    """Send it at a time to come. Raises ValidationError, naming each place, when it holds what visitors cannot read."""
    if not timezone.now() < at < timezone.now() + A_YEAR:
        raise ValidationError(_("Choose a time to come, and within a year."))
    _refuse_unseen(update, seen)
    _refuse_unfit(update)
    # The links were looked at outside the transaction; a text that was saved since has another revision, and is refused.
    note = f"{at.astimezone(zoneinfo.ZoneInfo(zone)):%Y-%m-%d %H:%M} {zone}"
    apply(SCHEDULE, update, by=by, via=via, history_note=note, revision=update.revision, send_at=at, zone=zone)


def send_now(update: Update, *, by: User, seen: str | None = None, via: Via = Via.WEB) -> None:
    """Send it as soon as the clock looks."""
    _refuse_unseen(update, seen)
    _refuse_unfit(update)
    zone = timezone.get_current_timezone_name()
    apply(SCHEDULE, update, by=by, via=via, history_note=_("now"), revision=update.revision, send_at=timezone.now(), zone=zone)


def unschedule(update: Update, *, by: User, via: Via = Via.WEB) -> None:
    """Take it back to the desk, as long as nobody has got it."""
    apply(UNSCHEDULE, update, by=by, via=via, send_at=None, zone="")


def stop(update: Update, *, by: User, via: Via = Via.WEB) -> None:
    """Let nobody get it who has not got it yet; the mails that wait in the outbox are asked again before they leave."""
    apply(STOP, update, by=by, via=via)


def go_on(update: Update, *, by: User, via: Via = Via.WEB) -> None:
    """Let the others get it after all; the clock also sends what was dropped while it stood still."""
    _refuse_unfit(update)
    apply(GO_ON, update, by=by, via=via, revision=update.revision)


def withdraw(update: Update, *, by: User, via: Via = Via.WEB) -> None:
    """Take its page from the site. What lies in mailboxes stays there."""
    apply(WITHDRAW, update, by=by, via=via)


def begin(update: Update) -> bool:
    """Let it begin its way when its time has come; return whether it did. What visitors cannot read stops it, with the place."""
    try:
        if not is_still_fit(update):
            return False
        apply(BEGIN, update, by=None, via=Via.CLOCK, revision=update.revision, began_at=timezone.now())
    except TransitionRefused:  # another clock was quicker, or somebody took it off the schedule at this very moment
        return False
    return True


def is_still_fit(update: Update) -> bool:
    """Whether visitors can read all of it; where they cannot, it stops, and its history says in which place."""
    found = links.objections(update)
    if found:
        apply(HOLD, update, by=None, via=Via.CLOCK, history_note="\n".join(found), revision=update.revision)
    return not found


def end(update: Update) -> None:
    """Everybody has a row in the outbox."""
    apply(END, update, by=None, via=Via.CLOCK, ended_at=timezone.now())


def _refuse_unseen(update: Update, seen: str | None) -> None:
    update.refresh_from_db()
    if seen is not None and seen != update.words_mark:
        raise TransitionRefused(f"{update} was changed in the meantime")


def _refuse_unfit(update: Update) -> None:
    if not (update.opening or update.closing or update.parts.exists()):
        raise ValidationError(_("There is nothing in it yet."))
    found = links.objections(update)
    if found:
        raise ValidationError(found)


MOVES: dict[str, tuple[Transition, Callable[..., Any]]] = {
    "schedule": (SCHEDULE, schedule),
    "send-now": (Transition("scheduled", SCHEDULE.sources, S.SCHEDULED, is_support, _lazy("Send now…")), send_now),
    "unschedule": (UNSCHEDULE, unschedule),
    "stop": (STOP, stop),
    "go-on": (GO_ON, go_on),
    "withdraw": (WITHDRAW, withdraw),
}
