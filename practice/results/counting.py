"""How many gave which answer. A closed round never changes, so it is counted once, as it is closed; every figure is made of these counts."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count

from practice.models import Answer, LearningSession, Tally, Weight

Counts = dict[int | str, int]  # by place on the scale, or by what was said instead
ByKey = dict[str, Counts]


def counts_of(session: LearningSession) -> tuple[ByKey, ByKey]:
    """Return the shown answers by key of proof point, and the shown weights by key of principle."""
    kept = Tally.objects.filter(session=session).first() if session.status == LearningSession.Status.CLOSED else None
    return (_read(kept.answers), _read(kept.weights)) if kept else (_answers(session), _weights(session))


def answers_of(tally: Tally) -> ByKey:
    """Return the kept answers of a round by key of proof point: for whoever reads many at once."""
    return _read(tally.answers)


def keep(session: LearningSession) -> None:
    """Count a round that was closed in this transaction."""
    Tally.objects.update_or_create(session=session, defaults={"answers": _answers(session), "weights": _weights(session)})


def _answers(session: LearningSession) -> ByKey:
    counted: ByKey = defaultdict(dict)
    rows = Answer.objects.shown(session).values_list("item__key", "value", "instead").annotate(count=Count("pk"))
    for key, value, instead, count in rows:
        counted[key][instead or value] = count
    return dict(counted)


def _weights(session: LearningSession) -> ByKey:
    counted: ByKey = defaultdict(dict)
    for key, value, count in Weight.objects.shown(session).values_list("item__key", "value").annotate(count=Count("pk")):
        counted[key][value] = count
    return dict(counted)


def _read(kept: dict[str, Any]) -> ByKey:
    """Places are numbers again, which JSON writes as text."""
    return {key: {int(name) if name.isdigit() else name: count for name, count in row.items()} for key, row in kept.items()}
