"""What is shown in the room, one finding after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from practice.models import Action
from practice.results.reading import PointResult, Results
from practice.voting.reading import Standing


@dataclass(frozen=True)
class Slide:
    """One screen: what kind it is, its headline, and what stands on it."""

    kind: str
    title: str
    points: Sequence[PointResult] = field(default=())
    actions: Sequence[Action] = field(default=())
    priorities: Sequence[Standing] = field(default=())


def slides_of(results: Results, actions: Sequence[Action], priorities: Sequence[Standing] = ()) -> list[Slide]:
    """Return the screens of a round, the first one for the time before everybody sits."""
    return list(_slides(results, actions, priorities))


def _slides(results: Results, actions: Sequence[Action], priorities: Sequence[Standing]) -> Iterator[Slide]:
    yield Slide("title", results.session.organization.name)
    if results.points:
        yield Slide("minute", _("In a minute"))
        yield Slide("modules", _("Module by module"))
    for number, point in enumerate(results.most_apart, start=1):
        yield Slide("point", _("Where we differ, %(number)s") % {"number": number}, [point])
    found = (
        (_("What has moved since last time"), results.moved[:3]),
        (_("Where we are strong, and agree"), results.strongest),
        (_("Where we see most to do"), results.weakest),
        (_("What many of us do not know"), [point for point in results.least_known if point.spread and point.spread.people]),
    )
    for title, points in found:
        if points:
            yield Slide("points", title, points)
    if priorities:
        yield Slide("priorities", _("What comes first for us"), priorities=priorities)
    yield Slide("actions", _("Who does what by when"), actions=actions)
