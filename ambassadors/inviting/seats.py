"""Seats: how many there are, who holds one, and who gets the next. The one place where an invitation goes out.

A stage of growth is in force once staff have opened it; of several, the one with the largest goal. Before the first is opened there is no
cap. A seat is held by whoever belongs and may sign in (active, or pausing), and by every invitation that was sent and may still be
accepted. People on the roster hold none until they are invited to sign in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import CharField, Count, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors import rules as people_rules
from ambassadors.models import AdmissionRules, Ambassador, GrowthStage, Invitation, Nomination
from correspondence import outbox
from foundation import tokens
from foundation.models import Token, Via
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ambassadors.models import User

S = Invitation.Status
AT_ONCE = 50  # that go out in one transaction; the clock sends the others
SEND = Transition("sent the invitation", frozenset({S.WAITING}), S.SENT, anybody, gettext_lazy("Send"))


def _may_still_be_answered(token: Token) -> bool:
    """While it is sent, its days are not over and nobody has decided otherwise."""
    invitation = token.subject
    return (
        isinstance(invitation, Invitation)
        and invitation.status == S.SENT
        and invitation.expires_at is not None
        and timezone.now() < invitation.expires_at
        and invitation.nomination.status == Nomination.Status.APPROVED
    )


INVITATION_LINK = tokens.Purpose("invitation", None, _may_still_be_answered)


@dataclass(frozen=True)
class Seats:
    """How the seats stand at this moment. `free` is None where there is no cap."""

    stage: GrowthStage | None
    members: int
    invited: int
    waiting: int

    @property
    def cap(self) -> int | None:
        """At most so many, by the stage in force."""
        return self.stage.cap if self.stage else None

    @property
    def taken(self) -> int:
        """By members, and by invitations that are out."""
        return self.members + self.invited

    @property
    def free(self) -> int | None:
        """How many more may be invited now."""
        return None if self.cap is None else max(self.cap - self.taken, 0)

    @property
    def beyond(self) -> int:
        """How many more there are than the cap allows: nobody loses a seat, and nobody new is invited."""
        return 0 if self.cap is None else max(self.taken - self.cap, 0)


def what_if(stage: GrowthStage) -> str:
    """Say how the seats stand, and what would happen if this stage were opened, or closed again, now."""
    stages = list(GrowthStage.objects.all())
    now = seats(stages)
    for one in stages:
        if one.pk == stage.pk:
            one.opened_at = None if stage.opened_at else timezone.now()
    then = Seats(in_force(stages), now.members, now.invited, now.waiting)
    sent = then.waiting if then.free is None else min(then.free, then.waiting)
    values = {"taken": now.taken, "waiting": now.waiting, "sent": sent, "cap": _("no cap") if then.cap is None else then.cap}
    if stage.opened_at:
        return (
            _("%(taken)s seats are taken, %(waiting)s wait. Closed again, %(cap)s would hold, and %(sent)s would be sent.") % values
        )
    return _("%(taken)s seats are taken, %(waiting)s wait. Opened now, %(cap)s would hold, and %(sent)s would be sent.") % values


def lock() -> list[GrowthStage]:
    """Hold the seats until the end of the transaction, and return the stages. Every move that takes or frees a seat begins with this."""
    return list(GrowthStage.objects.select_for_update(no_key=True).order_by("pk"))


def in_force(stages: Iterable[GrowthStage]) -> GrowthStage | None:
    """Return the opened stage with the largest goal."""
    return max((stage for stage in stages if stage.opened_at), key=lambda stage: (stage.target, stage.pk), default=None)


def seats(stages: Iterable[GrowthStage] | None = None) -> Seats:
    """Return how the seats stand. Whoever acts on it holds them (`lock`)."""
    stages = GrowthStage.objects.all() if stages is None else stages
    # One statement, so that somebody who joins while it runs is counted either as invited or as a member, and not as neither.
    members = Ambassador.objects.active().order_by().values(what=Value("members", CharField())).annotate(number=Count("pk"))
    sent = Invitation.objects.holding_seats().order_by().values(what=Value("sent", CharField())).annotate(number=Count("pk"))
    waiting = Invitation.objects.waiting().order_by().values(what=Value("waiting", CharField())).annotate(number=Count("pk"))
    counted = {row["what"]: row["number"] for row in members.union(sent, waiting, all=True)}
    return Seats(in_force(stages), counted.get("members", 0), counted.get("sent", 0), counted.get("waiting", 0))


@transaction.atomic
def fill_seats(*, by: User | None = None, via: Via = Via.CLOCK) -> int:
    """Send the next invitations while seats are free, in the order of approval; return how many went out.

    Called in the transaction of whatever frees a seat or approves a nominee, and by the clock. Doing it twice does no harm.
    """
    # Two seats may be freed, or two nominees approved, at the same instant: both wait here, and the second counts what the first gave.
    stages = lock()
    if not Invitation.objects.waiting().exists():
        return 0
    free = seats(stages).free
    many = AT_ONCE if free is None else min(free, AT_ONCE)
    # A case that somebody decides anew at this moment is left out; with no stage to hold, two that come at once share the rows.
    rows = Invitation.objects.waiting().filter(nomination__status=Nomination.Status.APPROVED).select_related("nomination")
    next_ones = list(rows.select_for_update(of=("self", "nomination"), no_key=True, skip_locked=True)[:many])
    for invitation in next_ones:
        _send(invitation, by=by, via=via)
    return len(next_ones)


def _send(invitation: Invitation, *, by: User | None, via: Via) -> None:
    now, until = timezone.now(), end_of_days(AdmissionRules.current().invitation_days)
    apply(SEND, invitation, by=by, via=via, sent_at=now, expires_at=until, reminded_at=None)
    Nomination.objects.filter(pk=invitation.nomination_id, invited_at=None).update(invited_at=now)
    hand_out(invitation, invitation.email, by=by)


def hand_out(invitation: Invitation, address: str, *, by: User | None) -> Token:
    """Make the link for one address and mail it there. Every older link of this invitation is dead from now on."""
    tokens.withdraw_all(INVITATION_LINK, invitation)
    Invitation.objects.filter(pk=invitation.pk).update(codes_sent=0, code_until=None)
    token = tokens.issue(INVITATION_LINK, subject=invitation, address=address, by=by, expires_at=invitation.expires_at)
    outbox.post("invitation", None, key=f"invitation:{token.pk}", address=address, invitation=invitation.pk, token=token.pk)
    return token


def end_of_days(days: int, start: datetime | None = None) -> datetime:
    """Return the last moment of the day that lies so many days ahead, by the clock of the site, however long days are."""
    zone = ZoneInfo(settings.TIME_ZONE)
    day = (start or timezone.now()).astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, time.max, zone)


@transaction.atomic
def open_stage(stage: GrowthStage, *, by: User, via: Via = Via.WEB) -> int:
    """Let the cap of `stage` hold from now on; return how many invitations went out."""
    _set_opened(stage, timezone.now(), by=by, via=via)
    return fill_seats(by=by, via=via)


@transaction.atomic
def close_stage(stage: GrowthStage, *, by: User, via: Via = Via.WEB) -> int:
    """Let the cap of the stage before it hold again. What was sent stays sent; nobody new is invited until a seat is free."""
    _set_opened(stage, None, by=by, via=via)
    return fill_seats(by=by, via=via)


def _set_opened(stage: GrowthStage, moment: datetime | None, *, by: User, via: Via) -> None:
    if not people_rules.is_support(by):
        raise PermissionDenied(f"{by} may not open stages of growth")
    lock()  # two of the team may press at once: the second finds it done
    won = GrowthStage.objects.filter(pk=stage.pk, opened_at__isnull=moment is not None).update(opened_at=moment)
    if not won:
        raise TransitionRefused(f"{stage} is {'open' if moment else 'closed'} already")
    stage.refresh_from_db()
    record("opened a stage of growth" if moment else "closed a stage of growth", stage, by=by, via=via)
