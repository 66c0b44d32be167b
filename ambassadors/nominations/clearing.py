"""Forgetting a case: dates and state remain for the numbers by year; of somebody declined, a keyed hash of the address as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ambassadors.models import Nomination, NominationMatch
from ambassadors.nominations.matching import email_key
from correspondence.models import OutgoingMail
from foundation.forgetting import FORMER_NOMINEE, NOTE_TAKEN_OUT
from foundation.models import HistoryEntry, Token, Via
from foundation.secrecy import keyed_hash, keyed_hashes
from foundation.workflow import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db import models

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
    forget_around(locked)
    locked.slate_entries.update(text="")
    locked.role_labels.clear()
    blank = dict.fromkeys((*WORDS, *KEYS), "")
    hashed = _hash_to_keep(locked)
    Nomination.objects.filter(pk=locked.pk).update(
        **blank, sector=None, nominee=None, nominator=None, address_hash=hashed, cleared_at=timezone.now()
    )
    nomination.refresh_from_db()
    record("forgot a case", nomination, by=by, via=via)


def forget_around(nomination: Nomination) -> None:
    """Delete what hangs on a case, and take the nominee's name out of its history and its mails.

    Before the rows go: afterwards nobody knows any more which lines of history spoke of them.
    """
    about = [nomination, *_rows_about(nomination)]
    keys = [(ContentType.objects.get_for_model(row), str(row.pk)) for row in about]
    of_case = Q(pk=None)
    for kind, key in keys:
        of_case |= Q(target_type=kind, target_id=key)
    lines = HistoryEntry.objects.filter(of_case)
    lines.update(target_name=FORMER_NOMINEE)
    lines.exclude(note="").update(note=NOTE_TAKEN_OUT)
    for kind, key in keys:
        Token.objects.filter(subject_type=kind, subject_id=key).delete()
    _unaddress_mails(nomination)
    for rows in _hanging_on(nomination):
        rows.all().delete()


def _rows_about(nomination: Nomination) -> Iterable[models.Model]:
    for rows in _hanging_on(nomination):
        yield from rows.all()
    yield from nomination.slate_entries.all()


def _hanging_on(nomination: Nomination) -> list[Any]:
    matches = NominationMatch.objects.filter(Q(nomination=nomination) | Q(other=nomination))
    own = (nomination.evidence, nomination.assignments, nomination.concerns, nomination.decisions, nomination.recusals)
    return [matches, *own, nomination.invitations]


def _unaddress_mails(nomination: Nomination) -> None:
    """Mails to a nominee went to an address and not to an account: it goes with the case."""
    invitations = list(nomination.invitations.values_list("pk", flat=True))
    spoke = Q(about__nomination=nomination.pk) | Q(about__invitation__in=invitations)
    mails = OutgoingMail.objects.filter(person=None).exclude(address="")
    mails.filter(spoke).update(address="")
    if nomination.email:
        mails.filter(kind__in=["nominee_link", "nominee_answer"], address__iexact=nomination.email).update(address="")
        Token.objects.filter(purpose="nominee's request", address__iexact=nomination.email).delete()


def clear_due() -> int:
    """Forget the cases whose months are over; return how many."""
    due = list(Nomination.objects.to_clear().order_by("decided_at", "pk")[:AT_ONCE])
    for nomination in due:
        clear(nomination)
    return len(due)
