"""Builders for benchmarks: many organisations that share a number, made in a few statements; and one's own, made as people make it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

from django.utils import timezone

from ambassadors.models import User
from practice.benchmark import workflow
from practice.models import (
    BenchmarkConsent,
    BenchmarkFigure,
    InstrumentEdition,
    LearningSession,
    PracticeAdministrator,
    PracticeOrganization,
    Tally,
)
from tests.practice import practising

POINTS = ("list-is-open", "rule-is-written")  # of the principle lend-fairly
LONG_AGO = timedelta(days=90)
numbers = count()


def counts(value: float, people: int = 4) -> dict[str, int]:
    """How so many people answer, the mean of whom is `value`."""
    low, more = int(value), round((value - int(value)) * people)
    return {str(place): count for place, count in ((low, people - more), (low + 1, more)) if count}


def others(
    values: Sequence[float], edition: InstrumentEdition, *, by: Sequence[User] | None = None, people: int = 4
) -> list[LearningSession]:
    """Organisations that agreed, each with a closed round in which its people said `value` of lend-fairly, and an administrator."""
    at, names = timezone.now() - LONG_AGO, [f"Other {next(numbers)}" for _value in values]
    organizations = PracticeOrganization.objects.bulk_create(PracticeOrganization(name=name, created_at=at) for name in names)
    rounds = LearningSession.objects.bulk_create(
        LearningSession(organization=one, instrument_edition=edition, number=1, purpose="Why not", status="closed", closed_at=at)
        for one in organizations
    )
    Tally.objects.bulk_create(
        Tally(session=held, answers={point: counts(value, people) for point in POINTS})
        for held, value in zip(rounds, values, strict=True)
    )
    if by is None:
        addresses = [f"{name.replace(' ', '')}@{name.replace(' ', '')}.example".lower() for name in names]
        by = User.objects.bulk_create(User(email=one, name=one, sort_name=one, password="!") for one in addresses)
    PracticeAdministrator.objects.bulk_create(
        PracticeAdministrator(organization=one, person=person) for one, person in zip(organizations, by, strict=True)
    )
    BenchmarkConsent.objects.bulk_create(BenchmarkConsent(organization=one, instrument=edition.instrument) for one in organizations)
    return rounds


def own(by: User, value: int = 3, *, is_old: bool = True, is_agreed: bool = True, **more) -> LearningSession:
    """An organisation with a closed round in which four people say `value` of everything."""
    held = practising.session(by, people=4, **more)
    practising.answered(held, {key: [value] * 4 for key in practising.POINTS})
    practising.closed(held, by)
    if is_old:
        PracticeOrganization.objects.filter(pk=held.organization_id).update(created_at=timezone.now() - LONG_AGO)
    if is_agreed:
        agree(held, by)
    held.organization.refresh_from_db()
    return held


def agree(held: LearningSession, by: User) -> BenchmarkConsent:
    return workflow.agree(held.organization, held.instrument_edition.instrument, by=by, words="One number a principle.")


def says(held: LearningSession, value: float) -> None:
    """Another round of an organisation, in which its people say `value`."""
    says_of(held.instrument_edition, held.organization, value)


def says_of(edition: InstrumentEdition, organization: PracticeOrganization, value: float) -> LearningSession:
    """A round of an organisation with any instrument, in which its people say `value` of lend-fairly."""
    number = organization.sessions.count() + 1
    held = LearningSession.objects.create(
        organization=organization,
        instrument_edition=edition,
        number=number,
        status="closed",
        purpose="Anew",
        closed_at=timezone.now(),
    )
    Tally.objects.create(session=held, answers={point: counts(value) for point in POINTS})
    return held


def withdraw(held: LearningSession) -> None:
    consent = BenchmarkConsent.objects.get(organization=held.organization)
    workflow.withdraw(consent, by=held.organization.administrators.first().person)


def figure(edition: InstrumentEdition, principle: str = "lend-fairly") -> tuple[float, float, float] | None:
    """What is shown of a principle at this moment."""
    found = BenchmarkFigure.objects.standing().filter(instrument=edition.instrument, principle=principle).first()
    return (float(found.lower), float(found.middle), float(found.upper)) if found else None


def night(edition: InstrumentEdition) -> tuple[float, float, float] | None:
    """Let a night pass, and say what is shown after it."""
    workflow.refresh(edition.instrument)
    return figure(edition)
