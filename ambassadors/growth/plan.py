"""What was planned, and how far the community has come: for the support team, in exact numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ambassadors.models import GrowthStage


@dataclass(frozen=True)
class Progress:
    """One stage today. `planned` is where a straight way from the stage before would have led; `ahead` is negative when behind it."""

    stage: GrowthStage
    count: int
    planned: int
    is_reached: bool
    is_past: bool
    free_seats: int | None

    @property
    def ahead(self) -> int:
        """How many more there are than planned."""
        return self.count - self.planned

    @property
    def behind(self) -> int:
        """How many fewer."""
        return -self.ahead


def progress(stages: Sequence[GrowthStage], *, count: int, begun: date | None, today: date) -> list[Progress]:
    """Return each stage with what is and what was planned for `today`, in the order of the targets."""
    rows, since, base = [], begun, 0
    for stage in sorted(stages, key=lambda stage: stage.target):
        rows.append(
            Progress(
                stage=stage,
                count=count,
                planned=planned_on(today, since=since or today, base=base, stage=stage),
                is_reached=count >= stage.target,
                is_past=stage.by_date < today,
                free_seats=None if stage.cap is None else max(stage.cap - count, 0),
            )
        )
        since, base = stage.by_date, stage.target
    return rows


def planned_on(day: date, *, since: date, base: int, stage: GrowthStage) -> int:
    """Return how many a straight way from `base` on `since` to the stage's target on its date would have on `day`."""
    if day <= since:
        return base
    if day >= stage.by_date:
        return stage.target
    share = (day - since).days / (stage.by_date - since).days
    return base + round((stage.target - base) * share)
