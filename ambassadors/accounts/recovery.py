"""A new address for somebody whose old one is dead. Two of staff decide, the old address may object, the new one confirms."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ambassadors import rules
from ambassadors.accounts import workflow
from ambassadors.models import AddressRecovery, User
from correspondence import outbox
from foundation import tokens
from foundation.secrecy import is_code
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record

if TYPE_CHECKING:
    from foundation.models import Token

S = AddressRecovery.Status
CODES_AT_MOST, GUESSES_A_CODE = 5, 3


def may_approve(user: User | None, recovery: AddressRecovery) -> bool:
    """Another member of the support team than the one who proposed it, and not the person it is for."""
    return rules.is_support(user) and user is not None and user.pk not in {recovery.proposed_by_id, recovery.person_id}


def _may_still_be_confirmed(token: Token) -> bool:
    return isinstance(token.subject, AddressRecovery) and token.subject.status == S.APPROVED


def _may_still_be_objected_to(token: Token) -> bool:
    recovery = token.subject
    if not isinstance(recovery, AddressRecovery):
        return False
    lately = recovery.confirmed_at is not None and timezone.now() < recovery.confirmed_at + AddressRecovery.OBJECTION_TIME
    return recovery.status in AddressRecovery.OPEN or (recovery.status == S.CONFIRMED and lately)


CONFIRM_LINK = tokens.Purpose("address recovery", timedelta(days=7), _may_still_be_confirmed)
OBJECT_LINK = tokens.Purpose("objection to an address recovery", None, _may_still_be_objected_to)

APPROVE = Transition("approved the new address", frozenset({S.PROPOSED}), S.APPROVED, may_approve, _lazy("Approve"))
REFUSE = Transition("refused the new address", frozenset(AddressRecovery.OPEN), S.REFUSED, rules.is_support, _lazy("Refuse"))
OBJECT = Transition("objected from the old address", frozenset(AddressRecovery.OPEN), S.OBJECTED, anybody)
CONFIRM = Transition("confirmed the new address", frozenset({S.APPROVED}), S.CONFIRMED, anybody)
REVERT = Transition("undid the new address from the old one", frozenset({S.CONFIRMED}), S.REVERTED, anybody)
MOVES = {"approve": APPROVE, "refuse": REFUSE}


@transaction.atomic
def propose(person: User, new_address: str, reason: str, *, by: User) -> AddressRecovery:
    """Propose `new_address` for `person`, and tell the old address, which may object."""
    if not rules.is_support(by) or by.pk == person.pk:
        raise PermissionDenied("Another member of the support team does this.")
    new_address = new_address.strip().lower()
    refuse_unfit(person, new_address)
    recovery = _created(person, new_address, reason, by)
    record("proposed a new address", recovery, by=by, about=person, after=S.PROPOSED)
    link = tokens.issue(OBJECT_LINK, subject=recovery, address=recovery.old_address, by=by)
    _tell("recovery_proposed", recovery, recovery.old_address, token=link.pk)
    return recovery


def _created(person: User, new_address: str, reason: str, by: User) -> AddressRecovery:
    try:
        with transaction.atomic():
            return AddressRecovery.objects.create(
                person=person, old_address=person.email, new_address=new_address, reason=reason, proposed_by=by
            )
    except IntegrityError as error:  # a colleague proposed one at the same moment
        raise ValidationError(_("A recovery of this account is under way already.")) from error


@transaction.atomic
def approve(recovery: AddressRecovery, *, by: User) -> None:
    """Agree as the second person; the new address gets a link that leads to its code."""
    apply(APPROVE, recovery, by=by, about=recovery.person, approved_by=by)
    link = tokens.issue(CONFIRM_LINK, subject=recovery, address=recovery.new_address, by=by)
    _tell("recovery_opened", recovery, recovery.new_address, token=link.pk)


@transaction.atomic
def refuse(recovery: AddressRecovery, *, by: User) -> None:
    """Stop it, as one of staff."""
    apply(REFUSE, recovery, by=by, about=recovery.person)


@transaction.atomic
def send_code(recovery: AddressRecovery) -> bool:
    """Mail a code to the new address; False when it got as many as it gets."""
    locked = _locked(recovery)
    if locked.status != S.APPROVED or locked.codes_sent >= CODES_AT_MOST:
        return False
    locked.code_nonce, locked.guesses, locked.codes_sent = secrets.token_hex(16), 0, locked.codes_sent + 1
    locked.code_until = timezone.now() + timedelta(seconds=settings.CODES_LAST)
    locked.save(update_fields=["code_nonce", "guesses", "codes_sent", "code_until"])
    _tell("recovery_code", locked, locked.new_address, nonce=locked.code_nonce, until=locked.code_until.isoformat())
    return True


def confirm(recovery: AddressRecovery, code: str) -> bool:
    """Make the new address the main one if `code` is the newest code sent there; return whether it is."""
    with transaction.atomic():
        locked = _locked(recovery)
        if not _guess(locked, code):
            return False
        apply(CONFIRM, locked, by=None, about=locked.person, confirmed_at=timezone.now())
        _give_address(locked.person, take=locked.old_address, give=locked.new_address)
        workflow.end_sessions(locked.person, by=None)
        link = tokens.issue(OBJECT_LINK, subject=locked, address=locked.old_address)
        _tell("recovery_done", locked, locked.old_address, token=link.pk)
    return True


@transaction.atomic
def object_to(recovery: AddressRecovery) -> None:
    """Stop it from the old address; where it is done already, undo it, and shut out whoever came in."""
    recovery = _locked(recovery)
    if recovery.status != S.CONFIRMED:
        apply(OBJECT, recovery, by=None, about=recovery.person)
        return
    since = recovery.confirmed_at
    apply(REVERT, recovery, by=None, about=recovery.person)
    _give_address(recovery.person, take=recovery.new_address, give=recovery.old_address)
    Authenticator.objects.filter(user=recovery.person, created_at__gte=since).delete()
    recovery.person.set_unusable_password()
    recovery.person.save(update_fields=["password"])
    workflow.end_sessions(recovery.person, by=None)


def refuse_unfit(person: User, new_address: str) -> None:
    """Raise ValidationError when this address cannot become the person's."""
    if any(user.pk != person.pk for user in filter_users_by_email(new_address)):
        raise ValidationError(_("This address belongs to another account."))
    if new_address.strip().lower() == person.email:
        raise ValidationError(_("This is the address the account has now."))
    if person.address_recoveries.filter(status__in=AddressRecovery.OPEN).exists():
        raise ValidationError(_("A recovery of this account is under way already."))


def _locked(recovery: AddressRecovery) -> AddressRecovery:
    """The row, held until the end of the transaction: guesses are counted one by one, and an objection cannot cross a confirmation."""
    locked: AddressRecovery = AddressRecovery.objects.select_for_update(of=("self",)).select_related("person").get(pk=recovery.pk)
    return locked


def _guess(recovery: AddressRecovery, code: str) -> bool:
    """Count one guess at the code and say whether it is right. The count is in the row: no cache, no new session resets it."""
    if recovery.status != S.APPROVED:
        raise TransitionRefused("The new address waits for no code.")
    alive = recovery.code_until is not None and timezone.now() < recovery.code_until and recovery.guesses < GUESSES_A_CODE
    recovery.guesses += 1
    recovery.save(update_fields=["guesses"])
    return alive and is_code(code, "recovery_code", recovery.code_nonce)


def _give_address(person: User, *, take: str, give: str) -> None:
    """Make `give` the main address of the person, and take `take` from them."""
    EmailAddress.objects.filter(user=person, email=take).delete()
    EmailAddress.objects.filter(user=person, primary=True).update(primary=False)
    EmailAddress.objects.update_or_create(user=person, email=give, defaults={"verified": True, "primary": True})
    person.email = give
    person.save(update_fields=["email"])


def _tell(kind: str, recovery: AddressRecovery, address: str, **about: Any) -> None:
    key = f"{kind}:{recovery.pk}:{recovery.codes_sent}"
    outbox.post(kind, recovery.person, key=key, address=address, recovery=recovery.pk, **about)
