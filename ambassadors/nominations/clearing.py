"""Forgetting a case: dates and state remain for the numbers by year; of somebody declined, a keyed hash of the address as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from ambassadors.models import Nomination
from ambassadors.nominations.matching import email_key
from foundation.models import HistoryEntry, Via
from foundation.secrecy import keyed_hash, keyed_hashes
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.models import User

WORDS = ("name", "email", "organization", "job_title", "place", "reason", "relation", "conflict", "conflict_text", "slate_text")
KEYS = ("name_key", "email_key", "organization_key", "nominee_knows")
AT_ONCE = 200
PURPOSE = "declined address"


def was_declined(email: str) -> bool:
    """Whether somebody of this address was declined, in a case that is forgotten by now."""
    key = email_key(email)
    return bool(key) and Nomination.objects.filter(address_hash__in=keyed_hashes(PURPOSE, key)).exists()


def _hash_to_keep(nomination: Nomination) -> str:
    """Of those who were declined, so that they are not asked about anew by mistake."""
    key = email_key(nomination.email)
    return keyed_hash(PURPOSE, key) if key and nomination.status == Nomination.Status.DECLINED else ""


@transaction.atomic
def clear(nomination: Nomination, *, by: User | None = None, via: Via = Via.CLOCK) -> None:
    """Forget the words of a case, and all that was written about it, whoever wrote it."""
    locked: Nomination = Nomination.objects.select_for_update().get(pk=nomination.pk)
    if locked.cleared_at:
        return
    for rows in (locked.evidence, locked.matches, locked.assignments, locked.concerns, locked.decisions, locked.recusals):
        rows.all().delete()
    locked.slate_entries.update(text="")
    locked.invitations.all().delete()
    locked.role_labels.clear()
    blank = dict.fromkeys((*WORDS, *KEYS), "")
    hashed = _hash_to_keep(locked)
    Nomination.objects.filter(pk=locked.pk).update(
        **blank, sector=None, nominee=None, nominator=None, address_hash=hashed, cleared_at=timezone.now()
    )
    nomination.refresh_from_db()
    record("forgot a case", nomination, by=by, via=via)
    _unname_history(nomination)


def _unname_history(nomination: Nomination) -> None:
    """The history of the case keeps who did what and when, and loses whom it was about."""
    of_case = HistoryEntry.objects.filter(target_type__app_label="ambassadors", target_type__model="nomination")
    of_case.filter(target_id=str(nomination.pk)).update(target_name=str(nomination), note="")


def clear_due() -> int:
    """Forget the cases whose months are over; return how many."""
    due = list(Nomination.objects.to_clear().order_by("decided_at", "pk")[:AT_ONCE])
    for nomination in due:
        clear(nomination)
    return len(due)
