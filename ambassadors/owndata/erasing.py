"""Erasing a person: planned, hidden at once, taken back until its day, then done in one transaction."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors import rules
from ambassadors.inviting import seats
from ambassadors.models import Ambassador, Erasure, User
from correspondence import outbox
from correspondence.models import OutgoingMail
from foundation import privacy_export, search
from foundation.models import Community, Via
from foundation.publication import publication_changed
from foundation.workflow import Transition, apply, record

if TYPE_CHECKING:
    from foundation.models import HistoryEntry

logger = logging.getLogger(__name__)
S = Erasure.Status
AT_ONCE = 20
TRIES = 3


def may_plan(user: User | None, person: User) -> bool:
    """Everybody for themselves; the support team for somebody who asks by mail, but not for one of its own."""
    if user is None or not user.is_active:
        return False
    return user.pk == person.pk or (rules.is_support(user) and not person.is_staff)


def may_take_back(user: User | None, erasure: Erasure) -> bool:
    """The person, and the support team when asked by mail."""
    return user is not None and user.is_active and (user.pk == erasure.person_id or rules.is_support(user))


TAKE_BACK = Transition("took an erasure back", frozenset({S.PLANNED}), S.CANCELLED, may_take_back)


def why_not(person: User) -> str:
    """Say why this person cannot be erased as things stand, or nothing when they can."""
    if person.is_staff:
        others = User.objects.filter(is_staff=True, is_active=True).exclude(pk=person.pk)
        if not others.exists():
            return _("You are the only one of the support team. Take somebody into it first, so that the house is not left alone.")
        if person.is_superuser and not others.filter(is_superuser=True).exists():
            return _("You are the only one who can decide who is of the support team. Make somebody else one first.")
    return ""


@transaction.atomic
def plan(person: User, *, by: User, words: str = Erasure.Words.KEEP, reason: str = "", via: Via = Via.WEB) -> Erasure:
    """Plan that `person` is erased after the delay, hide them from others at once, and say so by mail.

    Raises PermissionDenied, or ValidationError with a sentence: the last of the support team, planned already, no reason from staff.
    """
    if not may_plan(by, person):
        raise PermissionDenied(f"{by} may not have {person} erased")
    if by.pk != person.pk and not reason.strip():
        raise ValidationError(_("Say how the person asked for it: it is kept with the erasure."))
    _lock_the_team()
    if sentence := why_not(person):
        raise ValidationError(sentence)
    erasure = _create(person, by, words, reason.strip())
    note = "" if by.pk == person.pk else reason.strip()
    record("planned an erasure", erasure, by=by, via=via, about=person, note=note)
    outbox.post("erasure_planned", person, key=f"erasure-planned:{erasure.pk}", erasure=erasure.pk)
    _show_anew(person)
    return erasure


def _lock_the_team() -> None:
    """Two of the last two might leave at the same moment: the team is locked, in order, before it is counted."""
    list(User.objects.select_for_update(no_key=True).filter(is_staff=True, is_active=True).order_by("pk").values_list("pk"))


def _create(person: User, by: User, words: str, reason: str) -> Erasure:
    try:
        with transaction.atomic():
            due_at = timezone.now() + Erasure.DELAY
            return Erasure.objects.create(person=person, asked_by=by, words=words, reason=reason, due_at=due_at)
    except IntegrityError as error:  # pressed twice
        raise ValidationError(_("The erasure is planned already.")) from error


@transaction.atomic
def take_back(erasure: Erasure, *, by: User, via: Via = Via.WEB) -> None:
    """Let everything stay as it is. Raises TransitionRefused when it was taken back before; after the day there is nothing left to ask."""
    # An erasure that begins at this moment holds the person's row: whoever comes second finds the other's work done.
    list(User.objects.select_for_update(no_key=True).filter(pk=erasure.person_id).values_list("pk"))
    apply(TAKE_BACK, erasure, by=by, via=via, about=erasure.person, cancelled_at=timezone.now())
    _show_anew(erasure.person)


def _show_anew(person: User) -> None:
    """Have the search and the public pages hide the person, or show them again."""
    for ambassador in Ambassador.objects.filter(user=person):
        search.index(ambassador)
    publication_changed()


def carry_out_due() -> int:
    """Erase everybody whose day has come; return how many. One that fails does not hold up the others, and is tried again."""
    return sum(_tried(pk) for pk in list(Erasure.objects.due().values_list("pk", flat=True)[:AT_ONCE]))


def _tried(pk: int) -> bool:
    for attempt in range(TRIES):
        try:
            return carry_out(pk)
        except OperationalError:  # somebody wrote at the same moment, and the database let them go first
            logger.warning("Erasure %s waits: attempt %s met a lock.", pk, attempt + 1)
        except Exception:
            logger.exception("Erasure %s failed; it is tried again at the next turn of the clock.", pk)
            return False
    return False


@transaction.atomic
def carry_out(pk: int) -> bool:
    """Erase the person of a due erasure, whole or not at all; False when it was taken back, done, or cannot be done now."""
    planned: Erasure | None = Erasure.objects.due().filter(pk=pk).first()
    if planned is None:
        return False
    _lock_the_team()
    seats.lock()
    person = User.objects.select_for_update().filter(pk=planned.person_id).first()
    # Asked again under the lock: it may have been taken back while we waited.
    if person is None or not Erasure.objects.due().filter(pk=pk).exists():
        return False
    if sentence := why_not(person):
        logger.error("Erasure %s waits: %s", pk, sentence)
        return False
    address = person.email
    privacy_export.erase(person)
    seats.fill_seats()
    _note()
    outbox.post("erasure_done", None, key=f"erasure-done:{secrets.token_hex(8)}", address=address)
    publication_changed()
    return True


def _note() -> HistoryEntry:
    return record("erased somebody who had asked for it", Community.current(), by=None, via=Via.CLOCK)


def forget_goodbyes() -> int:
    """Delete the last mails to people who were erased as soon as nobody works on them: they hold an address."""
    in_hand = [OutgoingMail.State.QUEUED, OutgoingMail.State.CLAIMED, OutgoingMail.State.HANDING_OVER]
    deleted, _rows = OutgoingMail.objects.filter(kind="erasure_done").exclude(state__in=in_hand).delete()
    return deleted


def planned_for(person: User) -> Erasure | None:
    """The erasure that is planned for the person."""
    found: Erasure | None = Erasure.objects.planned().filter(person=person).first()
    return found


def earliest() -> datetime:
    """The day on which a person would be erased who asks now."""
    return timezone.now() + Erasure.DELAY + timedelta(minutes=5)
