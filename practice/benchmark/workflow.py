"""Agreeing to share, taking it back, and working the quartiles out: once a day, and only as often as enough has changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from foundation.workflow import record
from practice.benchmark.quartiles import quartiles_of
from practice.benchmark.sharing import shared
from practice.models import BenchmarkConsent, BenchmarkFigure, BenchmarkShare, Instrument, PracticeOrganization
from practice.querysets.benchmark import LEAST

if TYPE_CHECKING:
    from ambassadors.models import User

CHANGED = 4  # organisations whose numbers came, went or changed before a figure is worked out anew
BATCH = 2000

Numbers = dict[int, Decimal]  # by consent
Kept = dict[int, Decimal | None]  # likewise; None: taken back


@transaction.atomic
def agree(organization: PracticeOrganization, instrument: Instrument, *, by: User, words: str) -> BenchmarkConsent:
    """Share the organisation's numbers of an instrument from now on, as `words` say. Agreeing twice is agreeing once."""
    held = _held(organization, by)
    said = {"words": words, "agreed_at": timezone.now(), "withdrawn_at": None}
    consent, is_new = BenchmarkConsent.objects.get_or_create(organization=held, instrument=instrument, defaults=said)
    if is_new or consent.withdrawn_at is not None:
        BenchmarkConsent.objects.filter(pk=consent.pk).update(**said)
        record("agreed to the benchmark", consent, by=by)
    consent.refresh_from_db()
    return consent


@transaction.atomic
def withdraw(consent: BenchmarkConsent, *, by: User) -> None:
    """Share nothing any more: the numbers are forgotten now, and what stood on too few of the others is shown no more."""
    _held(consent.organization, by)
    if not BenchmarkConsent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        return
    BenchmarkShare.objects.filter(consent=consent).update(value=None)
    record("withdrew from the benchmark", consent, by=by)


def refresh_all() -> int:
    """Work out anew what may be, of every instrument; return how many figures."""
    return sum(refresh(one) for one in Instrument.objects.filter(benchmark_consents__isnull=False).distinct())


@transaction.atomic
def refresh(instrument: Instrument) -> int:
    """Work out the figures of which there is none yet, or of which the numbers of enough organisations have changed; return how many."""
    # Two at once would both find a figure old, and each count the changes against what the other has just replaced; and whoever withdraws or
    # erases an organisation meanwhile would leave a number behind. All wait here for the rows of those that take part, in one order.
    consenting = PracticeOrganization.objects.filter(benchmark_consents__instrument=instrument).order_by("pk")
    list(consenting.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    found = shared(instrument)
    figures = {one.principle: one for one in BenchmarkFigure.objects.filter(instrument=instrument)}
    kept = _kept(instrument)
    due: dict[str, Numbers] = {}
    for principle in {key for values in found.values.values() for key in values}:
        numbers, figure = found.of(principle), figures.get(principle)
        if len(numbers) < LEAST:
            continue
        if figure is None or changed(figure.organizations, kept[figure.pk], numbers, found.group) >= CHANGED:
            due[principle] = numbers
    _freeze(instrument, due)
    return len(due)


def changed(organizations: int, kept: Kept, now: Numbers, group: dict[int, int]) -> int:
    """Count the organisations whose numbers came, went or changed since a figure of so many `organizations` was worked out.

    Each counts once, whatever it did meanwhile; those that belong together count once; and whoever was erased may be who came anew.
    """
    moved = {group[one] for one in kept.keys() | now.keys() if one not in kept or one not in now or kept[one] != now[one]}
    came = {group[one] for one in now.keys() - kept.keys()}
    erased = organizations - len(kept)
    return len(moved - came) + max(len(came), erased)


def _kept(instrument: Instrument) -> dict[int, Kept]:
    """The numbers on which the figures of an instrument stand, by figure."""
    kept: dict[int, Kept] = defaultdict(dict)
    rows = BenchmarkShare.objects.filter(figure__instrument=instrument).values_list("figure", "consent", "value")
    for figure, consent, value in rows:
        kept[figure][consent] = value
    return kept


def _freeze(instrument: Instrument, due: dict[str, Numbers]) -> None:
    at = timezone.now()
    rows = [
        BenchmarkFigure(
            instrument=instrument,
            principle=principle,
            organizations=len(numbers),
            worked_out_at=at,
            **asdict(quartiles_of(list(numbers.values()))),
        )
        for principle, numbers in due.items()
    ]
    fields = ["lower", "middle", "upper", "organizations", "worked_out_at"]
    BenchmarkFigure.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["instrument", "principle"], update_fields=fields
    )
    figures = dict(BenchmarkFigure.objects.filter(instrument=instrument, principle__in=due).values_list("principle", "pk"))
    BenchmarkShare.objects.filter(figure__in=figures.values()).delete()
    shares = (
        BenchmarkShare(figure_id=figures[principle], consent_id=consent, value=value)
        for principle, numbers in due.items()
        for consent, value in numbers.items()
    )
    BenchmarkShare.objects.bulk_create(shares, batch_size=BATCH)


def _held(organization: PracticeOrganization, by: User) -> PracticeOrganization:
    """The organisation under its lock, of whoever runs its sessions."""
    held = PracticeOrganization.objects.select_for_update(no_key=True).visible_to(by).filter(pk=organization.pk).first()
    if held is None:
        raise PermissionDenied("not theirs to share")
    return held
