"""Who runs an organisation's sessions: asked by mail, in place by the link of that mail, until they leave or are taken out.

An organisation always has somebody who runs it: the last one hands it over or erases it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.nominations.doubles import same_address
from correspondence import outbox
from foundation import tokens
from foundation.models.token import new_nonce
from foundation.workflow import record
from practice.models import PracticeAdministrator, PracticeInvitation, PracticeOrganization
from practice.starting.workflow import account_for

if TYPE_CHECKING:
    from ambassadors.models import User

INVITED, TAKEN_OUT = "practice_administrator_invited", "practice_administrator_removed"
MOST_ADMINISTRATORS = 20  # in place or asked
MAILS_A_DAY, MAILS_AN_INVITATION = 20, 3
DAY = timedelta(days=1)


@transaction.atomic
def rename(organization: PracticeOrganization, name: str, *, by: User) -> None:
    """Call it something else: respondents read the new name from now on."""
    held = _held(organization, by)
    PracticeOrganization.objects.filter(pk=held.pk).update(name=name)
    record("renamed", held, by=by)


@transaction.atomic
def invite(organization: PracticeOrganization, *, name: str, address: str, by: User) -> PracticeInvitation:
    """Ask somebody to run the sessions, too. Raises ValidationError for who does already or is asked, and for too many."""
    held = _held(organization, by)
    person = same_address(address)
    if person is not None and held.administrators.filter(person=person).exists():
        raise ValidationError({"address": _("They run your sessions already.")})
    if held.invitations.filter(address__iexact=address).exists():
        raise ValidationError({"address": _("They are asked already: have the mail sent again below.")})
    if held.administrators.count() + held.invitations.count() >= MOST_ADMINISTRATORS:
        raise ValidationError(_("%(most)s people at most run the sessions of an organisation.") % {"most": MOST_ADMINISTRATORS})
    invitation = PracticeInvitation.objects.create(organization=held, name=name, address=address.lower(), by=by)
    record("asked somebody to run", held, by=by)
    _send(invitation)
    return invitation


@transaction.atomic
def send_again(invitation: PracticeInvitation, *, by: User) -> None:
    """Mail a new link; the one before ends. Raises ValidationError when that was done often enough."""
    _held(invitation.organization, by)
    found = PracticeInvitation.objects.select_related("organization").filter(pk=invitation.pk).first()
    if found is None:
        raise ValidationError(_("This invitation was answered or taken back meanwhile."))
    if found.sent >= MAILS_AN_INVITATION:
        raise ValidationError(_("This was mailed three times. Perhaps tell them yourself."))
    found.nonce = new_nonce()
    _send(found)


@transaction.atomic
def take_back(invitation: PracticeInvitation, *, by: User) -> None:
    """The link ends, and nobody is told."""
    held = _held(invitation.organization, by)
    PracticeInvitation.objects.filter(pk=invitation.pk).delete()
    record("took back an invitation to run", held, by=by)


@transaction.atomic
def accept(invitation: PracticeInvitation) -> PracticeAdministrator:
    """Take the seat that one is asked to take, with the account of that address; one is made where there is none.

    Raises TokenWithdrawn when it was taken back meanwhile, ValidationError where the account is closed.
    """
    found = _answered(invitation)
    person = account_for(found.address, found.name)
    seat, _is_new = PracticeAdministrator.objects.get_or_create(organization=found.organization, person=person)
    found.delete()
    record("runs now", found.organization, by=person)
    return seat


@transaction.atomic
def decline(invitation: PracticeInvitation) -> None:
    """Rather not: no reason is asked, and the address is forgotten. Raises TokenWithdrawn likewise."""
    found = _answered(invitation)
    found.delete()
    record("declined to run", found.organization, by=None)


@transaction.atomic
def leave(organization: PracticeOrganization, *, by: User) -> None:
    """Run it no more. Raises ValidationError for the last one."""
    held = _held(organization, by)
    _end(held, by)
    record("runs no more", held, by=by)


@transaction.atomic
def remove(seat: PracticeAdministrator, *, by: User) -> None:
    """Somebody else runs it no more, and is told by mail. Raises ValidationError for oneself, or when they have left meanwhile."""
    held = _held(seat.organization, by)
    if seat.person_id == by.pk:
        raise ValidationError(_("To go yourself, use “Leave”."))
    person = seat.person
    _end(held, person)
    record("took somebody out of", held, by=by)
    outbox.post(TAKEN_OUT, person, key=f"practice-removed:{seat.pk}", organization=held.pk, by=by.pk)


def _held(organization: PracticeOrganization, by: User) -> PracticeOrganization:
    """The organisation under its lock; raises PermissionDenied for whoever does not run it."""
    # Two who take each other out, or two last ones who leave, pass here one by one: the second is asked whether they still run it.
    PracticeOrganization.objects.select_for_update(no_key=True).filter(pk=organization.pk).first()
    held = PracticeOrganization.objects.visible_to(by).filter(pk=organization.pk).first()
    if held is None:
        raise PermissionDenied("for whoever runs it")
    return held


def _end(held: PracticeOrganization, person: User) -> None:
    seats = PracticeAdministrator.objects.filter(organization=held)
    if seats.count() < 2:
        raise ValidationError(_("You are the last one: ask somebody else first, or erase the organisation."))
    if not seats.filter(person=person).delete()[0]:
        raise ValidationError(_("They have left already."))


def _send(invitation: PracticeInvitation) -> None:
    now = timezone.now()
    recent = PracticeInvitation.objects.filter(organization=invitation.organization_id, sent_at__gt=now - DAY, sent__gt=0)
    if recent.exclude(pk=invitation.pk).count() >= MAILS_A_DAY:
        raise ValidationError(_("You have mailed many people today. Please go on tomorrow."))
    invitation.sent, invitation.sent_at = invitation.sent + 1, now
    invitation.save(update_fields=["nonce", "sent", "sent_at"])
    key = f"practice-administrator:{invitation.pk}:{invitation.sent}"
    outbox.post(INVITED, None, key=key, address=invitation.address, invitation=invitation.pk, sent=invitation.sent)


def _answered(invitation: PracticeInvitation) -> PracticeInvitation:
    """The invitation under the lock of its organisation: pressed twice, or taken back at that moment, it is answered once."""
    PracticeOrganization.objects.select_for_update(no_key=True).filter(pk=invitation.organization_id).first()
    rows = PracticeInvitation.objects.alive().select_related("organization")
    found: PracticeInvitation | None = rows.filter(pk=invitation.pk, nonce=invitation.nonce).first()
    if found is None:
        raise tokens.TokenWithdrawn
    return found
