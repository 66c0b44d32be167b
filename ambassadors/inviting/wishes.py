"""What somebody with a link asks for: a new link, the same at another address, a call. Whoever asks is told the same whatever there was."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.inviting import rules, workflow
from ambassadors.inviting.seats import INVITATION_LINK, S, end_of_days, hand_out, lock
from ambassadors.models import AdmissionRules, Ambassador, Invitation, InvitationWish, Nomination
from ambassadors.vetting.telling import leads_of
from correspondence import outbox
from foundation import tokens
from foundation.models import Token, Via
from foundation.workflow import Transition, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

W, K = InvitationWish.Status, InvitationWish.Kind
GRANT = Transition(
    "granted what was asked about an invitation", frozenset({W.OPEN}), W.GRANTED, rules.may_grant, gettext_lazy("Grant")
)
REFUSE = Transition(
    "refused what was asked about an invitation", frozenset({W.OPEN}), W.REFUSED, rules.may_grant, gettext_lazy("Refuse")
)
MOST_OPEN = 5  # wishes about one invitation: whoever has the link cannot fill the leads' desks with it


def ask_for_new(text: str) -> None:
    """Ask for a new link in place of this one, dead or alive."""
    _ask(text, K.NEW)


def ask_for_address(text: str, address: str) -> None:
    """Ask that the invitation comes to another address. Nothing is mailed there before a lead has agreed."""
    _ask(text, K.ADDRESS, email=address.strip().lower())


@transaction.atomic
def _ask(text: str, kind: str, email: str = "") -> None:
    token = tokens.recognise(INVITATION_LINK, text)
    invitation = token.subject if token is not None else None
    wish = _wish(invitation, kind, email=email) if isinstance(invitation, Invitation) else None
    if wish is None:
        # Nothing to be asked: the same is written as where there is something, and the worker drops the row.
        outbox.post("invitation_wish", None, key=f"invitation-wish:none:{secrets.token_hex(8)}", wish=0)
        return
    _tell_leads(wish)


@transaction.atomic
def ask_for_call(token: Token, words: str, person: Ambassador | None) -> None:
    """Ask for a call before one decides, with somebody who offered it or with whoever has time."""
    invitation = workflow.subject_of(token)
    wish = _wish(invitation, K.CALL, words=words.strip(), person=person)
    if wish is not None:
        _tell_leads(wish)


def _wish(
    invitation: Invitation, kind: str, *, email: str = "", words: str = "", person: Ambassador | None = None
) -> InvitationWish | None:
    """Make the wish unless it is open already; None where there is nothing to wish for."""
    # Held and read again, so that one who presses ten times at once makes one row, and none once the invitation was accepted.
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("nomination").get(pk=invitation.pk)
    is_over = invitation.status in {S.ACCEPTED, S.WAITING} or invitation.nomination.status != Nomination.Status.APPROVED
    if is_over or InvitationWish.objects.filter(invitation=invitation).open().count() >= MOST_OPEN:
        return None
    wish, is_new = InvitationWish.objects.get_or_create(
        invitation=invitation, kind=kind, email=email, status=W.OPEN, defaults={"words": words, "person": person}
    )
    if not is_new:
        return None
    record("asked something about an invitation", wish, by=None, after=W.OPEN, note=kind)
    return wish


def _tell_leads(wish: InvitationWish) -> None:
    for lead in leads_of(wish.invitation.nomination):
        outbox.post("invitation_wish", lead, key=f"invitation-wish:{wish.pk}:{lead.pk}", wish=wish.pk)


@transaction.atomic
def grant(wish: InvitationWish, *, by: User, via: Via = Via.WEB) -> None:
    """Do what was asked. Another address takes effect only when a code that is mailed there has been typed in; the old one is told."""
    lock()
    apply(GRANT, wish, by=by, via=via)
    invitation = wish.invitation
    if wish.kind == K.CALL:
        return
    if invitation.status != S.SENT:
        _renew(wish, by=by, via=via)
    elif wish.kind == K.NEW:
        workflow.send_again(invitation, by=by, via=via)
    else:
        _send_elsewhere(invitation, wish.email, by=by, via=via)


def _renew(wish: InvitationWish, *, by: User, via: Via) -> None:
    invitation = wish.invitation
    if wish.kind == K.ADDRESS:
        raise ValidationError(_("This invitation is not open any more. Invite them again first, then grant the address."))
    workflow.renew(invitation, by=by, via=via)


def _send_elsewhere(invitation: Invitation, address: str, *, by: User, via: Via) -> None:
    old = workflow.address_of(invitation)
    until = end_of_days(AdmissionRules.current().invitation_days)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=until, reminded_at=None, affirmed=None, profile={})
    invitation.refresh_from_db()
    token = hand_out(invitation, address, by=by)
    record("sent the invitation to another address", invitation, by=by, via=via)
    outbox.post("invitation_moved", None, key=f"invitation-moved:{token.pk}", address=old, invitation=invitation.pk)


@transaction.atomic
def refuse(wish: InvitationWish, *, by: User, via: Via = Via.WEB) -> None:
    """Leave it as it is. Nobody is told by itself: a lead who wants to say why writes to them."""
    apply(REFUSE, wish, by=by, via=via)


MOVES = {"grant": (GRANT, grant), "refuse": (REFUSE, refuse)}
