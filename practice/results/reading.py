"""The results of a session, read in a fixed number of queries. What too few people answered is not read at all (querysets/answers.py)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from practice.instruments.content import Instrument, Module, Principle, ProofPoint
from practice.models import Answer, LearningSession
from practice.results import counting
from practice.results.counting import Counts
from practice.results.statistics import Spread, together

MOVED = 0.5  # of a place of the scale: less is not called a change
GAP = 0.25  # of a scale: less is not called a gap


@dataclass(frozen=True)
class Said:
    """What one person said of a proof point. `by` is empty in an anonymous session; notes stand in the order of their letters."""

    words: str
    by: str = ""


@dataclass(frozen=True)
class PointResult:
    """One proof point. `spread` is None where too few have answered. `answers` are there in open sessions only: a place, and by whom."""

    point: ProofPoint
    spread: Spread | None = None
    dont_know: int = 0
    not_ours: int = 0
    before: Spread | None = None
    notes: tuple[Said, ...] = ()
    answers: tuple[Said, ...] = ()

    @property
    def people(self) -> int:
        """Everybody who said something of it."""
        return (self.spread.people if self.spread else 0) + self.dont_know + self.not_ours

    @property
    def is_shown(self) -> bool:
        return self.spread is not None

    @property
    def moved(self) -> float | None:
        """By how many places the mean moved since the round before; None where it cannot be said."""
        now, then = (self.spread.mean if self.spread else None), (self.before.mean if self.before else None)
        return None if now is None or then is None else now - then

    @property
    def has_moved(self) -> bool:
        return self.moved is not None and abs(self.moved) >= MOVED

    @property
    def is_unknown(self) -> bool:
        """Whether a third or more say that they do not know."""
        return self.people > 0 and self.dont_know * 3 >= self.people


@dataclass(frozen=True)
class PrincipleResult:
    """One principle: its proof points, and how much it matters to people."""

    principle: Principle
    points: tuple[PointResult, ...]
    importance: Spread | None = None

    @cached_property
    def spread(self) -> Spread | None:
        """All shown answers to its proof points together."""
        shown = [point.spread for point in self.points if point.spread is not None and point.spread.people]
        return together(shown) if shown else None

    @property
    def gap(self) -> float | None:
        """How much further up its scale the importance stands than the practice on its own: from -1 to 1."""
        if self.importance is None or self.spread is None:
            return None
        return _share(self.importance) - _share(self.spread)


@dataclass(frozen=True)
class ModuleResult:
    """One module."""

    module: Module
    principles: tuple[PrincipleResult, ...]
    people: int | None

    @property
    def points(self) -> list[PointResult]:
        return [point for principle in self.principles for point in principle.points]

    @cached_property
    def shown(self) -> list[PointResult]:
        return [point for point in self.points if point.spread is not None and point.spread.people]

    @property
    def mean(self) -> float | None:
        """The mean of its proof points' means, from 1; None where none is shown."""
        return _mean_of([_mean(point) for point in self.shown])

    @property
    def moved(self) -> float | None:
        """By how many places its proof points moved on the whole, of those that both rounds asked; None where there is none."""
        return _mean_of([point.moved for point in self.shown if point.moved is not None])

    @property
    def before(self) -> float | None:
        """Where it would have stood the round before, had it moved as far as `moved` says."""
        return None if self.mean is None or self.moved is None else self.mean - self.moved

    @property
    def minds(self) -> Minds:
        return minds_of(self.points)


@dataclass(frozen=True)
class Minds:
    """How many proof points people are of one mind on, and how many not; `hidden` are those of which nothing can be shown."""

    one: int
    mixed: int
    apart: int
    hidden: int


def minds_of(points: Sequence[PointResult]) -> Minds:
    """Count proof points by how far people agree on them."""
    shown = [point.spread for point in points if point.spread is not None and point.spread.agreement is not None]
    one, apart = sum(spread.is_of_one_mind for spread in shown), sum(spread.is_apart for spread in shown)
    return Minds(one, len(shown) - one - apart, apart, len(points) - len(shown))


@dataclass(frozen=True)
class Results:
    """A whole session, or some of its modules; `chosen` are the keys of all that it asked. `since` is the round with which it is compared; `unmapped` are proof points that only one of the two asks."""

    session: LearningSession
    asks: Instrument
    modules: tuple[ModuleResult, ...]
    chosen: frozenset[str]
    since: LearningSession | None = None
    unmapped: tuple[ProofPoint, ...] = field(default=())

    @cached_property
    def points(self) -> list[PointResult]:
        return [point for module in self.modules for point in module.shown]

    @property
    def minds(self) -> Minds:
        return minds_of([point for module in self.modules for point in module.points])

    @property
    def unknown(self) -> list[PointResult]:
        """What a third or more do not know, the most first."""
        found = [point for module in self.modules for point in module.points if point.is_shown and point.is_unknown]
        return sorted(found, key=lambda point: -point.dont_know / point.people)

    @property
    def wanting(self) -> list[PrincipleResult]:
        """Principles that matter more to people, as a share of their scale, than they are so: the widest gap first."""
        found = [one for module in self.modules for one in module.principles if (one.gap or 0) > GAP]
        return sorted(found, key=lambda one: -(one.gap or 0))

    @property
    def strongest(self) -> list[PointResult]:
        """Where it is most so, and people agree."""
        agreed = [point for point in self.points if point.spread and not point.spread.is_apart]
        return sorted(agreed, key=lambda point: -_mean(point))[:3]

    @property
    def weakest(self) -> list[PointResult]:
        """Where it is least so, and people agree."""
        agreed = [point for point in self.points if point.spread and not point.spread.is_apart]
        return sorted(agreed, key=_mean)[:3]

    @property
    def most_apart(self) -> list[PointResult]:
        """Where people differ most."""
        apart = [point for point in self.points if point.spread and point.spread.agreement is not None]
        return sorted((p for p in apart if p.spread and not p.spread.is_of_one_mind), key=_agreement)[:3]

    @property
    def least_known(self) -> list[PointResult]:
        """What many do not know."""
        return self.unknown[:3]

    @property
    def wanting_help(self) -> list[PointResult]:
        """Where people see most to do, and what many do not know: from here it leads to help."""
        weak = {result.point.key: result for result in [*self.weakest, *self.least_known]}
        return list(weak.values())

    @property
    def moved(self) -> list[PointResult]:
        """What has changed since the round before, the most first."""
        found = [point for point in self.points if point.has_moved]
        return sorted(found, key=lambda point: -abs(point.moved or 0))

    @property
    def twins(self) -> tuple[PointResult, PointResult] | None:
        """Two proof points with nearly the same mean, on one of which people agree and on the other not: why a mean alone misleads."""
        apart = [point for point in self.points if point.spread and point.spread.is_apart]
        agreed = [point for point in self.points if point.spread and point.spread.is_of_one_mind]
        pairs = [(abs(_mean(a) - _mean(b)), _agreement(b) - _agreement(a), b, a) for a in apart for b in agreed]
        close = [pair for pair in pairs if pair[0] <= 0.25]
        found = min(close, key=lambda pair: (-pair[1], pair[0]), default=None)
        return (found[2], found[3]) if found else None


def results_of(
    session: LearningSession, *, since: LearningSession | None = None, modules: Sequence[str] = (), has_words: bool = False
) -> Results:
    """Return what a closed session (or one that is held openly) shows; `modules` narrows it to those keys, `has_words` adds notes and,
    in an open session, who gave which answer.

    Raises ValueError for an anonymous session that is not closed: nothing of it can be read before.
    """
    if session.is_anonymous and session.status != LearningSession.Status.CLOSED:
        raise ValueError("an anonymous session shows nothing before it is closed")
    asks = session.instrument_edition.content
    chosen = set(session.modules.values_list("key", flat=True))
    wanted = chosen & (set(modules) or chosen)
    now, importance = counting.counts_of(session)
    notes, answers = (_noted(session, wanted), _named(session, wanted)) if has_words else ({}, {})
    before = counting.counts_of(since)[0] if since else {}
    places = len(asks.practice.answers)
    same_scale = since is None or since.instrument_edition.content.practice.answers == asks.practice.answers

    def point_result(point: ProofPoint) -> PointResult:
        if point.key not in now:
            return PointResult(point)
        then = _spread(before[point.key], places) if point.key in before and same_scale else None
        counts = now[point.key]
        said = {"notes": tuple(notes.get(point.key, ())), "answers": tuple(answers.get(point.key, ()))}
        return PointResult(point, _spread(counts, places), counts.get("don't know", 0), counts.get("not ours", 0), then, **said)

    def principle_result(principle: Principle) -> PrincipleResult:
        weights = importance.get(principle.key)
        matters = _spread(weights, len(asks.importance.answers)) if weights else None
        return PrincipleResult(principle, tuple(point_result(point) for point in principle.proof_points), matters)

    found = tuple(
        ModuleResult(module, tuple(principle_result(principle) for principle in module.principles), _people(module, now))
        for module in asks.modules
        if module.key in wanted
    )
    return Results(session, asks, found, frozenset(chosen), since, _unmapped(session, since, wanted))


def _noted(session: LearningSession, modules: set[str]) -> dict[str, list[Said]]:
    """The notes of shown answers. Their order says nothing of when or by whom they were written."""
    rows = Answer.objects.shown(session, modules).exclude(note="").values_list("item__key", "note", "sheet__respondent__name")
    noted: dict[str, list[Said]] = defaultdict(list)
    for key, words, name in sorted(rows, key=lambda row: row[1].casefold()):
        noted[key].append(Said(words, name or ""))
    return noted


def _named(session: LearningSession, modules: set[str]) -> dict[str, list[Said]]:
    """Who gave which answer, in an open session."""
    named: dict[str, list[Said]] = defaultdict(list)
    if session.is_anonymous:
        return named
    scale, instead = session.instrument_edition.content.practice.answers, Answer.Instead
    rows = Answer.objects.shown(session, modules).order_by("sheet__respondent__name", "sheet")
    for key, value, other, name in rows.values_list("item__key", "value", "instead", "sheet__respondent__name"):
        named[key].append(Said(scale[value - 1] if value else str(instead(other).label), name))
    return named


def _spread(counts: Counts, places: int) -> Spread:
    return Spread(tuple(counts.get(place, 0) for place in range(1, places + 1)))


def _people(module: Module, counted: dict[str, Counts]) -> int | None:
    """How many answered the proof point of the module that most have answered; None where too few did."""
    return max((sum(counted[point.key].values()) for point in module.proof_points if point.key in counted), default=None)


def _unmapped(session: LearningSession, since: LearningSession | None, chosen: set[str]) -> tuple[ProofPoint, ...]:
    """Proof points of the chosen modules that the round before did not ask, and those it asked that are asked no more."""
    if since is None or since.instrument_edition_id == session.instrument_edition_id:
        return ()
    then = since.instrument_edition.content
    asked_then = set(since.modules.values_list("key", flat=True))
    before = {p.key: p for module in then.modules if module.key in asked_then for p in module.proof_points}
    now = {p.key: p for module in session.instrument_edition.content.modules if module.key in chosen for p in module.proof_points}
    return tuple([point for key, point in now.items() if key not in before] + [p for key, p in before.items() if key not in now])


def _mean_of(numbers: Sequence[float]) -> float | None:
    return sum(numbers) / len(numbers) if numbers else None


def _share(spread: Spread) -> float:
    """Where the mean stands on its scale, from 0 to 1."""
    return ((spread.mean or 1.0) - 1) / (len(spread.counts) - 1)


def _mean(point: PointResult) -> float:
    return point.spread.mean or 0.0 if point.spread else 0.0


def _agreement(point: PointResult) -> float:
    return point.spread.agreement or 0.0 if point.spread else 0.0
