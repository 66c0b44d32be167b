"""Joining: the commitments affirmed, a profile confirmed, a code from the mailbox, and then an account in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.commitments import workflow as commitments
from ambassadors.growth.workflow import notice_milestones
from ambassadors.inviting.seats import INVITATION_LINK, S, fill_seats, lock
from ambassadors.inviting.workflow import ACCEPT, subject_of, tell_nominator
from ambassadors.models import Ambassador, CommitmentsEdition, Invitation, Nomination, Organization, ReturnRequest, User
from ambassadors.nominations.doubles import same_address
from ambassadors.signals import ambassador_joined
from ambassadors.workflow.listing import list_person
from correspondence import outbox
from foundation import tokens
from foundation.models import RoleLabel, Sector
from foundation.models.token import new_nonce
from foundation.secrecy import is_code
from foundation.taxonomy import place_named
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record

if TYPE_CHECKING:
    from foundation.models import Token

CODES_AT_MOST, GUESSES_A_CODE = 5, 3
A = Ambassador.Status
JOIN = Transition("joined by invitation", frozenset({A.LISTED, A.ALUMNI}), A.ACTIVE, anybody)
HEARD = Transition("came back by invitation", frozenset({ReturnRequest.Status.OPEN}), ReturnRequest.Status.WELCOMED, anybody)
CODE = "invitation_code"


@dataclass(frozen=True)
class Joined:
    """Who came in, and whether they are new here."""

    person: User
    is_new: bool


def edition_to_affirm(invitation: Invitation) -> CommitmentsEdition | None:
    """Return the edition in force unless this invitation has affirmed it. Before there is any, there is nothing to affirm."""
    edition = CommitmentsEdition.objects.current()
    return None if edition is None or edition.pk == invitation.affirmed_id else edition


@transaction.atomic
def affirm(token: Token, number: int) -> None:
    """Affirm the edition that was read on the page. Raises ValidationError when there is a newer one by now."""
    invitation, edition = _held(token), CommitmentsEdition.objects.current()
    if edition is None or edition.number != number:
        raise ValidationError(_("There is a newer edition of the commitments. Please read that one."))
    Invitation.objects.filter(pk=invitation.pk).update(affirmed=edition)


@transaction.atomic
def accept(token: Token, profile: dict[str, Any]) -> bool:
    """Keep the profile that was confirmed and mail a code to the address of the link; False when it got as many as it gets.

    Raises ValidationError while the commitments in force are not affirmed.
    """
    invitation = _held(token)
    _refuse_unaffirmed(invitation)
    Invitation.objects.filter(pk=invitation.pk).update(profile=profile)
    return _mail_code(token, invitation)


@transaction.atomic
def send_code(token: Token) -> bool:
    """Mail another code, which makes the one before it useless; False when there were as many as there may be."""
    invitation = _held(token)
    _refuse_unaffirmed(invitation)
    return _mail_code(token, invitation)


def _mail_code(token: Token, invitation: Invitation) -> bool:
    if invitation.codes_sent >= CODES_AT_MOST:
        return False
    nonce, until = new_nonce(), timezone.now() + timedelta(seconds=settings.CODES_LAST)
    sent = invitation.codes_sent + 1
    Invitation.objects.filter(pk=invitation.pk).update(nonce=nonce, code_until=until, code_tries=0, codes_sent=sent)
    outbox.post(
        CODE, None, key=f"{CODE}:{token.pk}:{sent}", address=token.address, nonce=nonce, until=until.isoformat(), token=token.pk
    )
    return True


def join(token: Token, code: str) -> Joined | None:
    """Let somebody in if `code` is the newest one mailed to the address of the link; None when it is not, which is counted.

    Raises ValidationError when something else is in the way (new commitments, an account that was closed): nothing is changed then.
    """
    with transaction.atomic():
        # In the order in which deciding takes them: the case, the seats, the invitation.
        list(Nomination.objects.select_for_update(no_key=True).filter(pk=subject_of(token).nomination_id).values("pk"))
        lock()
        invitation = _held(token)
        if not _guess(invitation, code):
            return None
        _refuse_unaffirmed(invitation)
        return _let_in(token, invitation)


def _let_in(token: Token, invitation: Invitation) -> Joined:
    person, is_new = _account_for(token, invitation)
    tokens.redeem(token, by=person)
    apply(ACCEPT, invitation, by=person, about=person, answered_at=timezone.now(), email=token.address, profile={})
    tokens.withdraw_all(INVITATION_LINK, invitation)
    Nomination.objects.filter(pk=invitation.nomination_id).update(nominee=person, joined_at=timezone.now())
    _affirm_for(person, invitation)
    tell_nominator(invitation)
    if is_new:
        notice_milestones(by=person)
        ambassador_joined.send(Ambassador, ambassador=person.ambassador, invitation=invitation)
    fill_seats(by=person)  # who belonged already held two seats
    return Joined(person, is_new)


def _affirm_for(person: User, invitation: Invitation) -> None:
    edition = CommitmentsEdition.objects.current()
    if edition is not None:
        commitments.affirm(person.ambassador, edition, by=person)


def _account_for(token: Token, invitation: Invitation) -> tuple[User, bool]:
    """The account of the address, with an active profile: made, opened, or as it was. Never a second one for an address."""
    person = same_address(token.address)
    if person is None or not hasattr(person, "ambassador"):
        _refuse_closed(person)
        person = list_person(invitation.profile.get("name") or invitation.name, token.address, by=None).user
        person = User.objects.get(pk=person.pk)
    if person.ambassador.status in {A.ACTIVE, A.PAUSED}:
        _refuse_closed(person)
        return person, False
    if person.ambassador.status not in JOIN.sources:
        raise ValidationError(_("Please write to the people who invited you: they have to look at this together with you."))
    _open(person, token.address, invitation.profile)
    return person, True


def _refuse_closed(person: User | None) -> None:
    if person is not None and not person.is_active:
        raise ValidationError(_("Please write to the people who invited you: they have to look at this together with you."))


def _open(person: User, address: str, profile: dict[str, Any]) -> None:
    """Somebody new, on the roster so far, or back again: the house is open to them, and they have the profile they confirmed."""
    User.objects.filter(pk=person.pk).update(is_active=True, is_credited=True)
    person.refresh_from_db()
    EmailAddress.objects.filter(user=person, email__iexact=address).update(verified=True)
    mine = person.ambassador
    apply(JOIN, mine, by=person, about=person, joined_at=mine.joined_at or timezone.now())
    _fill_in(mine, profile)
    for wish in ReturnRequest.objects.open().filter(person=person):
        apply(HEARD, wish, by=person, about=person)


def _fill_in(mine: Ambassador, profile: dict[str, Any]) -> None:
    """Take what was confirmed where there is nothing yet, for members alone: whoever was here before keeps what they said."""
    mine.organization = mine.organization or _organization(profile.get("organization", ""))
    mine.place = mine.place or place_named(profile.get("place", ""))
    mine.job_title = mine.job_title or profile.get("job_title", "")
    mine.sector = mine.sector or Sector.objects.filter(pk=profile.get("sector") or 0).first()
    mine.save(update_fields=["organization", "place", "job_title", "sector"])
    if not mine.role_labels.exists():
        mine.role_labels.set(RoleLabel.objects.filter(pk__in=profile.get("role_labels", [])))
    record("confirmed their first profile", mine, by=mine.user, about=mine.user)


def _organization(name: str) -> Organization | None:
    return Organization.objects.named(name) if name else None


def _guess(invitation: Invitation, code: str) -> bool:
    """Count one guess and say whether it is right. The count is in the row: no new session and no other device resets it."""
    alive = invitation.code_until is not None and timezone.now() < invitation.code_until
    alive = alive and invitation.code_tries < GUESSES_A_CODE
    invitation.code_tries += 1
    Invitation.objects.filter(pk=invitation.pk).update(code_tries=invitation.code_tries)
    return alive and is_code(code, CODE, invitation.nonce)


def _refuse_unaffirmed(invitation: Invitation) -> None:
    if edition_to_affirm(invitation) is not None:
        raise ValidationError(_("Please read the commitments and affirm them first."))


def _held(token: Token) -> Invitation:
    """The invitation of a live link, held until the end: guesses are counted one by one, and nothing crosses a withdrawal."""
    found = subject_of(token)
    invitation: Invitation = Invitation.objects.select_for_update(of=("self",)).select_related("nomination").get(pk=found.pk)
    if invitation.status != S.SENT:
        raise TransitionRefused(f"{invitation} is not open")
    return invitation
