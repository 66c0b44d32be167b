"""Tables of what may be seen of a session, each as a heading and rows; the same for CSV, for a spreadsheet and for the whole of an organisation.

What too few people have answered is never read (querysets/answers.py): its cells say so, in words and not as a nought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from practice.answering.forms import Given
from practice.instruments.content import Instrument, Module
from practice.models import Answer, LearningSession, Weight
from practice.results.reading import PointResult, PrincipleResult, Results
from practice.voting.reading import Outcome, outcome_of_round

Cell = str | int | float | None
Row = list[Cell]


@dataclass(frozen=True)
class Table:
    """`name` is that of its file and sheet."""

    name: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


def tables_of(results: Results) -> list[Table]:
    """Return the tables of a session, of which `results` are read with words: what all said together, and in an open session each answer."""
    made = [results_table(results), importance_table(results), notes_table(results)]
    if vote := outcome_of_round(results.session):
        made.append(priorities_table(vote))
    return made if results.session.is_anonymous else [*made, answers_table(results.session)]


def priorities_table(vote: Outcome) -> Table:
    """What a vote put first: one candidate a row. Where too few have voted by link the dots say so."""
    rows: list[Row] = [
        [
            row.place if row.figure else None,
            row.candidate.code,
            row.candidate.text,
            (row.dots if vote.has_dots else too_few()) if vote.vote.by_link else None,
            row.hands,
        ]
        for row in vote.rows
    ]
    return Table("priorities", ("place", "code", "what", "dots by link", "in the room"), tuple(rows))


def results_table(results: Results) -> Table:
    """One proof point a row: how many chose each place of the scale."""
    scale = results.asks.practice.answers
    head = ("module", "key", "code", "proof point", *_places(scale), "don't know", "not ours", "median", "agreement", "mean before")
    rows = [
        [module.module.key, point.point.key, point.point.code, point.point.text, *_figures(results, point, len(scale))]
        for module in results.modules
        for point in module.points
    ]
    return Table("results", head, tuple(rows))


def importance_table(results: Results) -> Table:
    """One principle a row: how much it would matter."""
    scale = results.asks.importance.answers
    rows = [
        [module.module.key, one.principle.key, one.principle.code, one.principle.title, *_weights(results, one, len(scale))]
        for module in results.modules
        for one in module.principles
    ]
    return Table("importance", ("module", "key", "code", "principle", *_places(scale), "mean"), tuple(rows))


def notes_table(results: Results) -> Table:
    """What people could point at, of shown proof points; without a day, in the order of their letters, and with a name in an open session only."""
    is_named = not results.session.is_anonymous
    rows: list[Row] = [
        [point.point.key, point.point.code, point.point.text, said.words, *([said.by] if is_named else [])]
        for module in results.modules
        for point in module.points
        for said in point.notes
    ]
    return Table("notes", ("key", "code", "proof point", "note", *(["name"] if is_named else [])), tuple(rows))


ANSWER_HEAD = ("name", "address", "group", "key", "code", "asks", "answer", "in words", "note")


def answers_table(session: LearningSession) -> Table:
    """Each answer of an open session with its name; it can be put into an empty round. Of an anonymous one there is none."""
    if session.is_anonymous:
        raise ValueError("nobody is told who said what in an anonymous session")
    who = ("sheet__respondent__name", "sheet__respondent__address", "sheet__respondent__group")
    item = ("item__key", "item__code", "item__text")
    asks = session.instrument_edition.content
    answers = Answer.objects.shown(session).order_by("sheet__respondent", "item__position")
    weights = Weight.objects.shown(session).order_by("sheet__respondent", "item__position")
    said: list[Row] = [
        [*row[:6], *in_cells(asks, Given(*row[6:]))] for row in answers.values_list(*who, *item, "value", "instead", "note")
    ]
    weighed: list[Row] = [
        [*row[:6], row[6], asks.importance.answers[row[6] - 1], ""] for row in weights.values_list(*who, *item, "value")
    ]
    return Table("answers", ANSWER_HEAD, tuple(said + weighed))


SHEET_HEAD = ("key", "code", "asks", "answer", "note", "choices")


def sheet_table(
    asks: Instrument,
    modules: tuple[Module, ...],
    given: Callable[[str], Given] = lambda key: Given(),
    weight: Callable[[str], int | None] = lambda key: None,
) -> Table:
    """A worksheet: what is asked, a row each, with the answers so far; it can be filled in and put back."""
    return Table("worksheet", SHEET_HEAD, tuple(_sheet_rows(asks, modules, given, weight)))


def _sheet_rows(
    asks: Instrument, modules: tuple[Module, ...], given: Callable[[str], Given], weight: Callable[[str], int | None]
) -> Iterator[Row]:
    practice, importance = choices_of(asks.practice.answers) + INSTEAD, choices_of(asks.importance.answers)
    for principle in (principle for module in modules for principle in module.principles):
        for point in principle.proof_points:
            answer, _words, note = in_cells(asks, given(point.key))
            yield [point.key, point.code, point.text, answer, note, practice]
        title = f"{principle.title}: {asks.importance.question}"
        yield [principle.key, principle.code, title, weight(principle.key), "", importance]


INSTEAD = " · don't know · not ours"


def choices_of(scale: tuple[str, ...]) -> str:
    """The places of a scale as one line."""
    return " · ".join(_places(scale))


def in_cells(asks: Instrument, given: Given) -> Row:
    """An answer as its three cells: as a number, in words, and the note."""
    words = asks.practice.answers[given.value - 1] if given.value else ""
    return [given.value or str(given.instead), words, given.note]


def too_few() -> str:
    """What stands in a cell of which nothing can be shown."""
    return _("too few")


def _places(scale: tuple[str, ...]) -> list[str]:
    return [f"{place} {answer}" for place, answer in enumerate(scale, start=1)]


def _figures(results: Results, point: PointResult, places: int) -> Row:
    then = _rounded(point.before.mean) if point.before else None
    if point.spread is None:
        # Of an open session nothing is held back: there, nobody has answered.
        nothing: Cell = too_few() if results.session.is_anonymous else 0
        return [nothing] * (places + 2) + ([nothing] * 2 if results.session.is_anonymous else [None] * 2) + [then]
    spread = point.spread
    is_hidden = results.session.is_anonymous and not spread.people
    counts: Row = [too_few()] * places if is_hidden else list(spread.counts)
    return [*counts, point.dont_know, point.not_ours, spread.median, _rounded(spread.agreement), then]


def _weights(results: Results, one: PrincipleResult, places: int) -> Row:
    if one.importance is None:
        nothing: Cell = too_few() if results.session.is_anonymous else 0
        return [nothing] * places + [nothing if results.session.is_anonymous else None]
    return [*one.importance.counts, _rounded(one.importance.mean)]


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 3)
