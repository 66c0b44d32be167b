"""How far people are in their first weeks: read from what is there, for many at once, in as many queries as for one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from welcome.models import Onboarding, OnboardingStep
from welcome.onboarding.registry import Step, in_order

OPEN, DONE, SKIPPED = "open", "done", "skipped"


@dataclass(frozen=True)
class Line:
    """One step as its person finds it."""

    step: Step
    state: str


@dataclass(frozen=True)
class Standing:
    """All steps that are offered to somebody, or that they have settled. `noticed`: done, and not kept as done so far."""

    lines: tuple[Line, ...]
    noticed: tuple[str, ...]

    @property
    def left(self) -> list[Step]:
        """What is still open."""
        return [line.step for line in self.lines if line.state == OPEN]

    @property
    def settled(self) -> int:
        """How many are done or skipped."""
        return len(self.lines) - len(self.left)


def standing_of(onboarding: Onboarding) -> Standing:
    """The standing of one person."""
    return standings([onboarding])[onboarding.pk]


def standings(rows: Sequence[Onboarding]) -> dict[int, Standing]:
    """The standing of each of them, by key."""
    kept = {(pk, name): state for pk, name, state in OnboardingStep.objects.filter(onboarding__in=rows).pairs()}  # unscoped: theirs
    people = [row.person_id for row in rows]
    found = [(step, step.done_among(people), step.offered_among(people)) for step in in_order()]
    return {row.pk: _standing(row, kept, found) for row in rows}


def _standing(row: Onboarding, kept: dict[tuple[int, str], str], found: Iterable[tuple[Step, set[int], set[int]]]) -> Standing:
    lines, noticed = [], []
    for step, done, offered in found:
        state = kept.get((row.pk, step.name), OPEN)
        if state != DONE and row.person_id in done:
            state = DONE
            noticed.append(step.name)
        if state != OPEN or row.person_id in offered:
            lines.append(Line(step, state))
    return Standing(tuple(lines), tuple(noticed))
