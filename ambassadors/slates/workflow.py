"""What changes about a slate: put together, opened to all ambassadors for some days, kept open longer, closed by a lead or the clock."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import AdmissionRules, Nomination, Slate, SlateEntry
from ambassadors.nominations import moves
from ambassadors.nominations import workflow as nominations
from ambassadors.nominations.rules import leads as leads_case
from ambassadors.slates import telling
from ambassadors.slates.days import end_after, end_of_day
from ambassadors.slates.rules import leads
from foundation.models import Via
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ambassadors.models import User

S = Slate.Status
OPEN = Transition("opened a slate", frozenset({S.DRAFT}), S.OPEN, leads, gettext_lazy("Open it to all ambassadors"))
CLOSE = Transition("closed a slate", frozenset({S.OPEN}), S.CLOSED, leads, gettext_lazy("Close it now"))
CLOSE_BY_CLOCK = Transition("closed a slate: its days are over", frozenset({S.OPEN}), S.CLOSED, anybody)
AT_ONCE = 20


def _may_lead(by: User) -> None:
    if not leads(by):
        raise PermissionDenied(f"{by} may not put slates together")


def _draft(slate: Slate, by: User) -> Slate:
    """Return the slate, held until the end of the transaction: what its readers get is not changed while a colleague opens it."""
    _may_lead(by)
    locked: Slate = Slate.objects.select_for_update(no_key=True).get(pk=slate.pk)
    if locked.status != S.DRAFT:
        raise TransitionRefused(f"{slate} is no longer being put together")
    return locked


def _touch(slate: Slate, verb: str, *, by: User, via: Via, note: str = "") -> None:
    Slate.objects.filter(pk=slate.pk).update(revision=F("revision") + 1)
    record(verb, slate, by=by, via=via, note=note)
    slate.refresh_from_db()


@transaction.atomic
def begin(title: str, intro: str = "", *, by: User, via: Via = Via.WEB) -> Slate:
    """Begin to put a slate together."""
    _may_lead(by)
    slate = Slate.objects.create(title=title, intro=intro, by=by)
    record("began a slate", slate, by=by, via=via, after=S.DRAFT)
    return slate


@transaction.atomic
def write(slate: Slate, title: str, intro: str, *, by: User, via: Via = Via.WEB) -> None:
    """Word the title, and the few lines above the nominees."""
    _draft(slate, by)
    Slate.objects.filter(pk=slate.pk).update(title=title, intro=intro)
    _touch(slate, "wrote a slate", by=by, via=via)


@transaction.atomic
def add(slate: Slate, cases: Iterable[Nomination], *, by: User, via: Via = Via.WEB) -> list[SlateEntry]:
    """Put cases that are in vetting on the slate, behind those that are there, each with the text written for it."""
    locked = _draft(slate, by)
    taken = dict(locked.entries.values_list("nomination_id", "number"))
    chosen = [case for case in cases if case.pk not in taken]
    for case in chosen:
        if not leads_case(by, case):
            raise PermissionDenied(f"{by} may not put {case} on a slate")
        if case.status != Nomination.Status.VETTING:
            raise ValidationError(_("%(name)s is not in vetting any more.") % {"name": case})
    first = max(taken.values(), default=0) + 1
    added = [SlateEntry(slate=locked, nomination=case, number=number) for number, case in enumerate(chosen, start=first)]
    SlateEntry.objects.bulk_create(added)
    if added:
        _touch(slate, "put nominees on a slate", by=by, via=via, note=str(len(added)))
    return added


@transaction.atomic
def reword(entry: SlateEntry, text: str, *, by: User, via: Via = Via.WEB) -> None:
    """Word what all ambassadors will read of a nominee; what the nominator wrote elsewhere stays as it is."""
    slate = _draft(entry.slate, by)
    nominations.write_for_slate(entry.nomination, text, by=by, via=via)
    _touch(slate, "worded a text of a slate", by=by, via=via)


@transaction.atomic
def remove(entry: SlateEntry, *, by: User, via: Via = Via.WEB) -> None:
    """Take a nominee off a slate that is being put together; the numbers close the gap."""
    slate = _draft(entry.slate, by)
    entry.delete()
    _number(slate, list(slate.entries.order_by("number").values_list("pk", flat=True)))
    _touch(slate, "took a nominee off a slate", by=by, via=via)


@transaction.atomic
def move_up(entry: SlateEntry, *, by: User, via: Via = Via.WEB) -> None:
    """Let a nominee stand one place earlier."""
    slate = _draft(entry.slate, by)
    order = list(slate.entries.order_by("number").values_list("pk", flat=True))
    place = order.index(entry.pk)
    if place:
        order[place - 1], order[place] = order[place], order[place - 1]
        _number(slate, order)
        _touch(slate, "ordered a slate", by=by, via=via)


def _number(slate: Slate, order: list[int]) -> None:
    """Give the entries the numbers from 1 in this order; by way of numbers that nobody has, for each is unique at every moment."""
    slate.entries.update(number=F("number") + 1000)
    for number, pk in enumerate(order, start=1):
        slate.entries.filter(pk=pk).update(number=number)


@transaction.atomic
def discard(slate: Slate, *, by: User, via: Via = Via.WEB) -> None:
    """Throw a slate away that was never opened. Its cases stay where they are."""
    locked = _draft(slate, by)
    record("threw a slate away", locked, by=by, via=via, before=S.DRAFT)
    locked.delete()


def version_of(slate: Slate) -> str:
    """Return what changes with each word that the slate would show: a lead opens what they have looked at, and nothing newer."""
    words = slate.entries.aggregate(sum=Sum("nomination__revision"))["sum"] or 0
    return f"{Slate.objects.values_list('revision', flat=True).get(pk=slate.pk)}-{words}"


@transaction.atomic
def open_slate(slate: Slate, *, version: str, closes_on: date | None = None, by: User, via: Via = Via.WEB) -> None:
    """Open the slate to all ambassadors, as `by` has looked at it, and tell each of them once.

    Its texts are kept from now on as they are at this moment. It closes at the end of a day: `closes_on`, or as many days from now as
    the rules of admission say. Raises ValidationError with what is missing or was changed in the meantime.
    """
    _draft(slate, by)
    # Held until the end, in the order of their keys: nobody words a text, withdraws or decides between the look and the move.
    cases = list(Nomination.objects.select_for_update(no_key=True).filter(slate_entries__slate=slate).order_by("pk"))
    closes_at = end_of_day(closes_on) if closes_on else end_after(AdmissionRules.current().slate_days)
    _refuse_unready(slate, cases, version)
    if closes_at <= timezone.now():
        raise ValidationError({"closes_on": _("This day is over. A slate is open until the end of a day that is still to come.")})
    _number(slate, list(slate.entries.order_by("number").values_list("pk", flat=True)))
    for case in cases:
        apply(moves.PUT_ON_SLATE, case, by=by, via=via)
        SlateEntry.objects.filter(slate=slate, nomination=case).update(text=case.slate_text)
    apply(OPEN, slate, by=by, via=via, opened_at=timezone.now(), closes_at=closes_at, by_id=by.pk)
    transaction.on_commit(partial(telling.ask_workers_to_tell, slate.pk), robust=True)


def _refuse_unready(slate: Slate, cases: list[Nomination], version: str) -> None:
    if not cases:
        raise ValidationError(_("There is nobody on it yet."))
    if version != version_of(slate):
        raise ValidationError(_("A colleague has changed it in the meantime. Please look at it again before you open it."))
    gone = [str(case) for case in cases if case.status != Nomination.Status.VETTING]
    if gone:
        raise ValidationError(_("No longer in vetting: %(names)s. Take them off first.") % {"names": ", ".join(gone)})
    wordless = [str(case) for case in cases if not case.slate_text.strip()]
    if wordless:
        raise ValidationError(_("Nothing is written yet about: %(names)s.") % {"names": ", ".join(wordless)})


@transaction.atomic
def extend(slate: Slate, closes_on: date, *, by: User, via: Via = Via.WEB) -> None:
    """Keep an open slate open longer, until the end of that day. One that has closed stays closed: late answers are kept as late."""
    _may_lead(by)
    # The clock may close it at this moment: whoever has the row first decides.
    locked = Slate.objects.select_for_update(no_key=True).get(pk=slate.pk)
    if not locked.takes_answers or locked.closes_at is None:
        raise TransitionRefused(f"{slate} is closed")
    closes_at = end_of_day(closes_on)
    if closes_at <= locked.closes_at:
        raise ValidationError({"closes_on": _("It is open until then already. Choose a later day.")})
    Slate.objects.filter(pk=slate.pk).update(closes_at=closes_at)
    record("kept a slate open longer", slate, by=by, via=via, before=f"{locked.closes_at:%Y-%m-%d}", after=f"{closes_on}")
    slate.refresh_from_db()


@transaction.atomic
def close(slate: Slate, *, by: User, via: Via = Via.WEB) -> None:
    """Close it before its days are over. The cases stay on it until somebody decides."""
    # Held before the moment is read: an answer that counted was given before it.
    Slate.objects.select_for_update(no_key=True).get(pk=slate.pk)
    apply(CLOSE, slate, by=by, via=via, closed_at=timezone.now())


def close_due() -> int:
    """Close the slates whose days are over; return how many this clock closed. Two clocks, or a lead at the same moment, do no harm."""
    return sum(_closed_by_clock(slate) for slate in Slate.objects.to_close().order_by("closes_at", "pk")[:AT_ONCE])


def _closed_by_clock(slate: Slate) -> bool:
    with transaction.atomic():
        # A lead may have kept it open longer since it was found: it is asked again under its lock.
        if not Slate.objects.to_close().select_for_update(no_key=True).filter(pk=slate.pk).exists():
            return False
        apply(CLOSE_BY_CLOCK, slate, by=None, via=Via.CLOCK, closed_at=timezone.now())
    return True


@transaction.atomic
def take_off(entry: SlateEntry, *, by: User, via: Via = Via.WEB) -> None:
    """Take a nominee off an open slate: back to vetting. Nothing more is asked about them; what was answered is kept."""
    if Slate.objects.select_for_update(no_key=True).get(pk=entry.slate_id).status != S.OPEN:
        raise TransitionRefused(f"{entry.slate} is not open")
    apply(moves.TAKE_OFF_SLATE, entry.nomination, by=by, via=via)
    SlateEntry.objects.filter(pk=entry.pk, taken_off_at=None).update(taken_off_at=timezone.now())
    entry.refresh_from_db()


def leave_slates(nomination: Nomination) -> None:
    """A case ended, or was decided: it leaves the slates being put together, and nothing more is asked about it on an open one.

    Runs inside the transaction that ended it, and touches no slate: whoever holds one waits for the case, not the other way round.
    """
    SlateEntry.objects.filter(nomination=nomination, slate__status=S.DRAFT).delete()
    open_ones = SlateEntry.objects.on_it().filter(nomination=nomination, slate__status=S.OPEN)
    open_ones.update(taken_off_at=timezone.now())
