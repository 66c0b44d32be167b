"""Lines of a file as answers: which item each means, and what it says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from ambassadors.cleaning import clean_line
from practice.answering.forms import NOTE_ROOM, Given
from practice.files.reading import Line, refuse
from practice.instruments.content import Instrument, Module
from practice.models import Answer
from practice.sessions.pasted import GROUP_ROOM, NAME_ROOM, Named

INSTEAD = {
    "don't know": Answer.Instead.DONT_KNOW,
    "i don't know": Answer.Instead.DONT_KNOW,
    "not ours": Answer.Instead.NOT_OURS,
    "this is not for us": Answer.Instead.NOT_OURS,
}


@dataclass
class Filled:
    """What one person's lines say: answers by the keys of proof points, weights by those of principles."""

    answers: dict[str, Given] = field(default_factory=dict)
    weights: dict[str, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.answers and not self.weights


@dataclass(frozen=True)
class Collected:
    """What several people's lines say, and the keys that are not asked here."""

    people: dict[str, tuple[Named, Filled]]
    unmapped: tuple[str, ...]


class Asked:
    """What can be answered: the scale of each key."""

    def __init__(self, asks: Instrument, modules: Iterable[Module]) -> None:
        principles = [principle for module in modules for principle in module.principles]
        self.points = {point.key for principle in principles for point in principle.proof_points}
        self.principles = {principle.key for principle in principles}
        self.practice, self.importance = asks.practice.answers, asks.importance.answers

    def __contains__(self, key: str) -> bool:
        return key in self.points or key in self.principles

    def put(self, line: Line, into: Filled) -> None:
        """Add what a line says; raises ValueError with a sentence."""
        key, said, note = line["key"], line["answer"], line["note"]
        if key in into.answers or key in into.weights:
            raise ValueError(_("“%(key)s” is answered twice.") % {"key": key})
        if len(note) > NOTE_ROOM:
            raise ValueError(_("The note is longer than %(most)s letters.") % {"most": NOTE_ROOM})
        if key in self.principles:
            if said:
                into.weights[key] = _place(said, line["in words"], self.importance)
            return
        instead = INSTEAD.get(said.casefold().replace("\u2019", "'"))
        if instead:
            into.answers[key] = Given(None, instead, note)
        elif said or note:
            into.answers[key] = Given(_place(said, line["in words"], self.practice) if said else None, "", note)


def own_answers(lines: list[Line], asked: Asked) -> Filled:
    """Return what a worksheet says. Lines that are left open say nothing. Raises ValidationError with all that is wrong."""
    filled, problems = Filled(), []
    for line in lines:
        if not line["answer"] and not line["note"]:
            continue
        if line["key"] not in asked:
            problems.append(_told(line, _("“%(key)s” is not asked of you here.") % {"key": line["key"][:60]}))
            continue
        try:
            asked.put(line, filled)
        except ValueError as wrong:
            problems.append(_told(line, str(wrong)))
    refuse(problems)
    if filled.is_empty:
        raise ValidationError(_("There is no answer in this file yet."))
    return filled


def all_answers(lines: list[Line], asked: Asked) -> Collected:
    """Return what the answers of several people say, by their addresses. Raises ValidationError with all that is wrong."""
    people: dict[str, tuple[Named, Filled]] = {}
    unmapped: dict[str, None] = {}
    problems = []
    for line in lines:
        if not line["answer"] and not line["note"]:
            continue
        if line["key"] not in asked:
            unmapped[line["key"]] = None
            continue
        try:
            person = _person(line)
            asked.put(line, people.setdefault(person.address, (person, Filled()))[1])
        except ValueError as wrong:
            problems.append(_told(line, str(wrong)))
    refuse(problems)
    if not people:
        raise ValidationError(_("No line of this file answers what this round asks."))
    return Collected(people, tuple(unmapped))


def _person(line: Line) -> Named:
    address = line["address"].lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValueError(_("“%(address)s” is no e-mail address.") % {"address": address[:80]}) from error
    name = clean_line(line["name"])[:NAME_ROOM] or address.partition("@")[0]
    return Named(name, address, clean_line(line["group"])[:GROUP_ROOM])


def _place(said: str, words: str, scale: tuple[str, ...]) -> int:
    """Return a place of the scale by its number or its words. A number whose words are others here belongs to another scale."""
    named = {answer.casefold(): place for place, answer in enumerate(scale, start=1)}
    place = int(said) if said.isdecimal() else named.get(said.casefold(), 0)
    if not 1 <= place <= len(scale):
        raise ValueError(_("“%(said)s” is no answer here: %(scale)s.") % {"said": said[:40], "scale": ", ".join(scale)})
    if words and words.casefold() in named and named[words.casefold()] == place:
        return place
    if words:
        told = {"place": place, "here": scale[place - 1], "there": words[:60]}
        raise ValueError(_("%(place)s means “%(here)s” here, and the file says “%(there)s”.") % told)
    return place


def _told(line: Line, sentence: str) -> str:
    return _("Line %(number)s: %(sentence)s") % {"number": line.number, "sentence": sentence}
