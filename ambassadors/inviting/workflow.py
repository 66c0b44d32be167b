"""What changes about an invitation: it waits for its seat, goes out, and is answered, withdrawn or overtaken by the clock.

Whatever frees a seat holds the seats first (`seats.lock`) and fills them in the same transaction, so that the last one is given once.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.inviting import rules, seats
from ambassadors.inviting.seats import INVITATION_LINK, S, end_of_days, fill_seats, hand_out, lock
from ambassadors.models import AdmissionRules, Invitation, Nomination
from correspondence import outbox
from correspondence.due import steps
from foundation import tokens
from foundation.models import Token, Via
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from ambassadors.models import User

WITHDRAW = Transition("withdrew the invitation", frozenset({S.WAITING, S.SENT}), S.WITHDRAWN, rules.runs, gettext_lazy("Withdraw"))
WITHDRAW_WITH_CASE = Transition("withdrew the invitation with its case", frozenset({S.WAITING, S.SENT}), S.WITHDRAWN, anybody)
DECLINE = Transition("declined the invitation", frozenset({S.SENT}), S.DECLINED, anybody)
EXPIRE = Transition("let the invitation lapse", frozenset({S.SENT}), S.EXPIRED, anybody)
ACCEPT = Transition("accepted the invitation", frozenset({S.SENT}), S.ACCEPTED, anybody)
RENEW = Transition(
    "put the invitation back in line",
    frozenset({S.EXPIRED, S.DECLINED, S.WITHDRAWN}),
    S.WAITING,
    rules.runs,
    gettext_lazy("Invite again"),
)
MOVES = (seats.SEND, WITHDRAW, WITHDRAW_WITH_CASE, DECLINE, EXPIRE, ACCEPT, RENEW)
LONGEST = 1200  # characters of a personal word, or of a reason
REMIND_BEFORE = timedelta(days=7)
AT_ONCE = 50


@transaction.atomic
def invite(nomination: Nomination, *, by: User | None, via: Via = Via.WEB) -> Invitation:
    """Put an approved nominee in line, and send what seats allow. Approved twice, they keep the invitation, and their place, they have."""
    lock()
    nomination.refresh_from_db(fields=["status"])
    if nomination.status != Nomination.Status.APPROVED:
        raise TransitionRefused(f"{nomination} is not approved")
    earlier: Invitation | None = Invitation.objects.filter(nomination=nomination).order_by("-pk").first()
    if earlier is not None and earlier.status not in RENEW.sources:
        return earlier
    cosigner = nomination.nominator
    invitation = Invitation.objects.create(
        nomination=nomination,
        name=nomination.name,
        email=nomination.email,
        cosigner=cosigner if cosigner and cosigner.is_member else None,
        by=by,
    )
    record("put the invitation in line", invitation, by=by, via=via, after=S.WAITING)
    fill_seats(by=by, via=via)
    invitation.refresh_from_db()
    return invitation


@transaction.atomic
def withdraw_with_case(nomination: Nomination, *, by: User | None, via: Via = Via.WEB) -> None:
    """The case was decided otherwise, or taken back: its open invitation dies with it."""
    lock()
    for invitation in Invitation.objects.filter(nomination=nomination, status__in=WITHDRAW_WITH_CASE.sources):
        apply(WITHDRAW_WITH_CASE, invitation, by=by, via=via, answered_at=timezone.now())
        _kill_links(invitation)
    fill_seats(by=by, via=via)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User, via: Via = Via.WEB) -> None:
    """Take it back: no mail says so, and the link leads to a page that tells nobody anything."""
    lock()
    apply(WITHDRAW, invitation, by=by, via=via, answered_at=timezone.now())
    _kill_links(invitation)
    fill_seats(by=by, via=via)


@transaction.atomic
def send_again(invitation: Invitation, *, by: User, via: Via = Via.WEB) -> None:
    """Mail a new link, which kills the older one, with all its days before it."""
    locked = _sent_and_run_by(invitation, by)
    Invitation.objects.filter(pk=locked.pk).update(expires_at=_fresh_days(), reminded_at=None)
    locked.refresh_from_db()
    hand_out(locked, address_of(locked), by=by)
    record("sent the invitation again", locked, by=by, via=via)


@transaction.atomic
def extend(invitation: Invitation, *, by: User, via: Via = Via.WEB) -> None:
    """Give it all its days anew; the link stays what it is."""
    locked, until = _sent_and_run_by(invitation, by), _fresh_days()
    Invitation.objects.filter(pk=locked.pk).update(expires_at=until, reminded_at=None)
    _links_of(locked).update(expires_at=until)
    record("gave the invitation more days", locked, by=by, via=via)


@transaction.atomic
def renew(invitation: Invitation, *, by: User, via: Via = Via.WEB) -> None:
    """Invite somebody again whose invitation lapsed, was declined or withdrawn: they get the next free seat, by the day they were approved."""
    lock()
    if invitation.nomination.status != Nomination.Status.APPROVED:
        raise ValidationError(_("The case was decided otherwise since. Decide it anew first."))
    if Invitation.objects.filter(nomination=invitation.nomination_id, status__in=[S.WAITING, S.SENT, S.ACCEPTED]).exists():
        raise ValidationError(_("There is another invitation for them, which is open or was accepted."))
    apply(RENEW, invitation, by=by, via=via, answered_at=None, decline_reason="", expires_at=None, sent_at=None)
    fill_seats(by=by, via=via)
    invitation.refresh_from_db()


@transaction.atomic
def decline(token: Token, reason: str = "", *, via: Via = Via.WEB) -> None:
    """The nominee says no. The reason is for the leads; the nominator hears that it was declined, and no word of it."""
    lock()
    invitation = subject_of(token)
    tokens.redeem(token, by=None, via=via)
    apply(DECLINE, invitation, by=None, via=via, decline_reason=reason.strip()[:LONGEST], answered_at=timezone.now(), profile={})
    tell_nominator(invitation)
    fill_seats(by=None, via=via)


@transaction.atomic
def write_word(invitation: Invitation, words: str, *, by: User, via: Via = Via.WEB) -> None:
    """Let the nominator add a word of their own, which stands in the mail and on the page of the invitation."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not rules.is_cosigner(by, locked):
        raise PermissionDenied(f"{by} did not nominate {locked}")
    if locked.status not in {S.WAITING, S.SENT}:
        raise TransitionRefused(f"{locked} is answered")
    Invitation.objects.filter(pk=locked.pk).update(note=words.strip()[:LONGEST])
    record("wrote a word with the invitation", locked, by=by, via=via)


def open_invitation_of(nomination: Nomination, nominator: User) -> Invitation | None:
    """The invitation with which a word of the nominator's can still go; None when there is none."""
    rows = Invitation.objects.of_nominator(nominator).filter(nomination=nomination, status__in=[S.WAITING, S.SENT])
    found: Invitation | None = rows.first()
    return found


def expire_due() -> int:
    """Let those lapse whose days are over, and give their seats on; return how many."""
    due = list(Invitation.objects.out_of_date().order_by("expires_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_expire(pk) for pk in due)


@transaction.atomic
def _expire(pk: int) -> bool:
    lock()
    # Asked again under the lock: it may have been accepted, or been given more days, since it was read.
    invitation = Invitation.objects.out_of_date().select_for_update().filter(pk=pk).first()
    if invitation is None:
        return False
    apply(EXPIRE, invitation, by=None, via=Via.CLOCK, answered_at=timezone.now(), profile={})
    _kill_links(invitation)
    tell_nominator(invitation)
    fill_seats()
    return True


def remind_due() -> int:
    """Remind those once whose invitation is open for a week or less; return how many."""
    due = Invitation.objects.to_remind(before=timezone.now() + REMIND_BEFORE)
    return sum(_remind(invitation) for invitation in due.order_by("expires_at", "pk")[:AT_ONCE])


@transaction.atomic
def _remind(invitation: Invitation) -> bool:
    # Two clocks may find it at once: the empty date is the ticket.
    if not Invitation.objects.filter(pk=invitation.pk, status=S.SENT, reminded_at=None).update(reminded_at=timezone.now()):
        return False
    token = _links_of(invitation).first()
    if token is None:
        return False
    outbox.post(
        "invitation_reminder",
        None,
        key=f"invitation-reminder:{token.pk}:{invitation.expires_at:%Y%m%d}",
        address=token.address,
        invitation=invitation.pk,
        token=token.pk,
    )
    record("reminded of the invitation", invitation, by=None, via=Via.CLOCK)
    return True


def tell_nominator(invitation: Invitation) -> None:
    """Let whoever nominated them hear what became of it, in words."""
    if invitation.cosigner_id is None:
        return
    moment = f"{invitation.answered_at:%Y%m%d%H%M%S%f}"
    outbox.post(
        "invitation_news",
        invitation.cosigner,
        key=f"invitation-news:{invitation.pk}:{moment}",
        invitation=invitation.pk,
        state=str(invitation.status),
    )


def subject_of(token: Token) -> Invitation:
    """The invitation that a live token opens."""
    invitation = token.subject
    if not isinstance(invitation, Invitation):
        raise tokens.TokenUnknown
    return invitation


def address_of(invitation: Invitation) -> str:
    """Where the open link was mailed; the nominated address where there is none."""
    token = _links_of(invitation).first()
    return token.address if token else invitation.email


def _links_of(invitation: Invitation) -> QuerySet[Token]:
    return tokens.open_ones(INVITATION_LINK, invitation)


def _kill_links(invitation: Invitation) -> None:
    tokens.withdraw_all(INVITATION_LINK, invitation)


def _sent_and_run_by(invitation: Invitation, by: User) -> Invitation:
    """The row, held, so that nobody answers it while it is changed."""
    locked: Invitation = Invitation.objects.select_for_update(of=("self",)).select_related("nomination").get(pk=invitation.pk)
    if not rules.runs(by, locked):
        raise PermissionDenied(f"{by} does not run {locked}")
    if locked.status != S.SENT:
        raise TransitionRefused(f"{locked} is not out")
    return locked


def _fresh_days() -> datetime:
    return end_of_days(AdmissionRules.current().invitation_days)


steps.add("invitations out of date", expire_due)
steps.add("invitations to remind of", remind_due)
steps.add("seats to fill", fill_seats)
