"""One line of an answer, taken apart: "1, 4 and 5: support", "yes to all but 2", "Maya: concern: …". In doubt it is not read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ambassadors.slates.vocabulary import (
    ANSWER_WORDS,
    CONCERN,
    EMPTY_WORDS,
    HEDGES,
    HEDGES_OF_NO_VIEW,
    NEEDS_A_STOP,
    NO_VIEW,
    Token,
    answer_at,
    tokens_of,
)

STOPS = {":", "-", "\u2013", "—", "=", ".", ",", ";", "→"}  # between whom it is about and what is said
BETWEEN = {",", ";", ".", "&", "and", "!", "/"}  # between one clause and the next
STRONG = {";", ".", "!"}
JOINERS = {",", "&", "+", "/", "and"}
DASHES = {"-", "\u2013", "—"}
ABOUT = {"to", "for", "on", "about", "regarding", "re", "of", "with", ":", "-", "\u2013", "—", "="}
TITLES = {"number", "nr", "nominee", "candidate", "person", "nos", "numbers", "nominees", "candidates"}
ALL = [
    ("all", "of", "them"),
    ("all", "of", "these"),
    ("all", "nominees"),
    ("all", "candidates"),
    ("all",),
    ("everyone",),
    ("everybody",),
]
REST = [
    *(("all", "the", "others"), ("all", "the", "rest"), ("all", "others"), ("everyone", "else"), ("everybody", "else")),
    *(("the", "others"), ("the", "rest"), ("others",), ("rest",)),
]
BUT = [("but", "not"), ("except", "for"), ("apart", "from"), ("other", "than"), ("but",), ("except",), ("excluding",), ("without",)]
UNKNOWN_NAME = 0  # a name that two of them share


@dataclass(frozen=True)
class Names:
    """The nominees as one may name them: each whole name, and each part of one that no other has."""

    numbers: Mapping[tuple[str, ...], int]
    live: frozenset[int]

    @classmethod
    def of(cls, names: Mapping[int, str], live: frozenset[int]) -> Names:
        known: dict[tuple[str, ...], int] = {}
        for number, name in names.items():
            words = tuple(token.text for token in tokens_of(name) if len(token.text) > 1)
            for part in {words, *((word,) for word in words if word not in ANSWER_WORDS and not word.isdigit())} - {()}:
                known[part] = number if known.get(part, number) == number else UNKNOWN_NAME
        return cls(known, live)

    def at(self, tokens: list[Token], place: int) -> tuple[int, int] | None:
        """Return whose name stands at this place, and where it ends."""
        for length in range(min(6, len(tokens) - place), 0, -1):
            number = self.numbers.get(tuple(token.text for token in tokens[place : place + length]))
            if number is not None:
                return number, place + length
        return None


@dataclass(frozen=True)
class About:
    """Whom a clause is about. `rest` stands for those that nothing else is said of."""

    numbers: tuple[int, ...] = ()
    rest: bool = False
    but: tuple[int, ...] = ()
    all: bool = False

    @property
    def is_open_ended(self) -> bool:
        """Whether it names nobody."""
        return self.all or self.rest


@dataclass(frozen=True)
class Clause:
    """Whom, what, and for a concern its words: None when there can be none, because it was a bare no."""

    about: About
    kind: str
    text: str | None = ""


@dataclass(frozen=True)
class Line:
    """What was read of a line; `tail` is what stands beside it, `is_read` says whether all else of it is certain."""

    clauses: tuple[Clause, ...] = ()
    tail: str = ""
    is_read: bool = False
    rest: str = ""  # from here on it could mean two things; the clauses before are certain


@dataclass
class Reader:
    """Reads one line from left to right."""

    line: str
    names: Names
    tokens: list[Token] = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = tokens_of(self.line)

    def text_at(self, place: int) -> str:
        return self.tokens[place].text if place < len(self.tokens) else ""

    def words_from(self, place: int) -> str:
        return self.line[self.tokens[place].start :].strip() if place < len(self.tokens) else ""

    def skip(self, place: int, marks: set[str]) -> int:
        while self.text_at(place) in marks:
            place += 1
        return place

    def phrase(self, place: int, phrases: list[tuple[str, ...]]) -> int | None:
        """Return where one of the phrases ends that begins here."""
        for words in phrases:
            if tuple(token.text for token in self.tokens[place : place + len(words)]) == words:
                return place + len(words)
        return None

    def one(self, place: int) -> tuple[tuple[int, ...], int] | None:
        """A number, a range of them, a name, or a number with its name; a name that does not fit its number is none of these."""
        start = place
        if self.text_at(place) in TITLES:
            place = self.skip(place + 1, {"."})
        elif self.text_at(place) == "no" and self.text_at(place + 1) == ".":
            place += 2
        number = self.tokens[place].number if place < len(self.tokens) else None
        if number is None:
            return self.named(place) if place == start else None
        after = self.skip(place + 1, STOPS)
        named = self.names.at(self.tokens, after)
        if named is not None:
            return ((number,), named[1]) if named[0] == number else None
        upto = self.upto(place + 1)
        if upto is not None:
            return (tuple(range(number, upto[0] + 1)), upto[1]) if number < upto[0] <= number + 200 else None
        return (number,), place + 1

    def upto(self, place: int) -> tuple[int, int] | None:
        """The end of a range."""
        end = place + 1 if self.text_at(place) in DASHES | {"to", "through"} else place
        if self.text_at(place) == "." and self.text_at(place + 1) == ".":
            end = self.skip(place, {"."})
        number = self.tokens[end].number if place < end < len(self.tokens) else None
        return (number, end + 1) if number is not None else None

    def named(self, place: int) -> tuple[tuple[int, ...], int] | None:
        found = self.names.at(self.tokens, place)
        if found is None or found[0] == UNKNOWN_NAME:
            return None
        number = self.tokens[found[1]].number if found[1] < len(self.tokens) else None
        return ((found[0],), found[1] + (number == found[0])) if number in {None, found[0]} else None

    def several(self, place: int) -> tuple[tuple[int, ...], int] | None:
        """One or more, with commas or "and" between them."""
        found = self.one(place)
        if found is None:
            return None
        numbers, place = found
        while (more := self.one(after := self.skip(place, JOINERS))) is not None and after > place:
            numbers, place = numbers + more[0], more[1]
        return numbers, place

    def about(self, place: int) -> tuple[About, int] | None:
        """Whom it is about."""
        if (end := self.phrase(place, REST)) is not None:
            return About(rest=True), end
        end = self.phrase(place, ALL)
        if end is None:
            found = self.several(place)
            return (About(found[0]), found[1]) if found else None
        but = self.phrase(self.skip(end, {","}), BUT)
        if but is None:
            return About(all=True), end
        left_out = self.several(but)
        return (About(all=True, but=left_out[0]), left_out[1]) if left_out else None

    def clause(self, place: int) -> tuple[Clause, int, str] | None:
        """One clause, where it ends, and how it was put: whom first, what first, or what first with a word like "to" between."""
        found = self.about(place)
        if found is not None:
            said = answer_at(self.tokens, self.skip(found[1], STOPS))
            if said is not None:
                return self.finished(found[0], said[0], said[1], self.tokens[said[1] - 1].text, "whom first")
        said = answer_at(self.tokens, place)
        if said is None:
            return None
        after = self.skip(said[1], ABOUT)
        found = self.about(after)
        if found is None:
            return None
        put = "with a word between" if after > said[1] else "what first"
        return self.finished(found[0], said[0], found[1], self.tokens[said[1] - 1].text, put)

    def finished(self, about: About, kind: str, place: int, word: str, put: str) -> tuple[Clause, int, str] | None:
        """A concern takes the rest of the line as its words."""
        if kind != CONCERN:
            return Clause(about, kind), place, put
        start = self.skip(place, STOPS)
        words = self.words_from(start)
        words = words if any(char.isalnum() for char in words) else ""
        if word in NEEDS_A_STOP and start == place and words:
            return None  # "no she …", "no doubt …", "no concern": it may go on in any way
        if " ".join(token.text for token in self.tokens[start:]).strip(" .!") in EMPTY_WORDS:
            return None
        if not words and word in NEEDS_A_STOP:
            return Clause(about, kind, None), len(self.tokens), put
        return Clause(about, kind, words), len(self.tokens), put

    def read(self) -> Line:
        """Read the line as a row of clauses: as a whole, or not at all."""
        clauses: list[Clause] = []
        place, before, strong = self.skip(0, BETWEEN | DASHES), "", True
        while place < len(self.tokens):
            found = self.clause(place)
            if found is None or not _goes_on(before, found[2], strong=strong):
                return self.with_tail(clauses, place)
            clause, end, before = found
            if clause.kind == CONCERN and clause.text and self.says_more(end, clause.text):
                return Line(tuple(clauses), rest=self.words_from(place))
            clauses.append(clause)
            place = self.skip(end, BETWEEN)
            strong = any(token.text in STRONG for token in self.tokens[end:place])
        return Line(tuple(clauses), is_read=bool(clauses))

    def says_more(self, end: int, text: str) -> bool:
        """Whether the words of a concern seem to hold an answer about somebody else."""
        inner = Reader(text, self.names)
        for place in range(1, len(inner.tokens)):
            found = inner.one(place)
            if found is not None and answer_at(inner.tokens, inner.skip(found[1], STOPS)) is not None:
                return True
        return any(
            answer_at(inner.tokens, place) is None and inner.phrase(place, REST) is not None for place in range(len(inner.tokens))
        )

    def with_tail(self, clauses: list[Clause], place: int) -> Line:
        """Words beside the answers, where they take nothing of them back: they are nobody's to read, and go back to their writer."""
        if not clauses or clauses[-1].kind == CONCERN:
            return Line()
        last, tail = clauses[-1], self.tokens[place:]
        stopped = place and self.tokens[place - 1].text in STOPS | BETWEEN
        hedges = HEDGES_OF_NO_VIEW if last.kind == NO_VIEW else HEDGES
        takes_back = any(token.text in hedges or (token.text.endswith("n't") and last.kind != NO_VIEW) for token in tail)
        answers = any(
            token.text in ANSWER_WORDS or token.text[:5] in {"worri", "conce", "suppo", "reser", "hesit"} for token in tail
        )
        if not stopped or takes_back or answers or self.speaks_of_others(last, place):
            return Line()
        return Line(tuple(clauses), tail=self.words_from(place), is_read=True)

    def speaks_of_others(self, last: Clause, place: int) -> bool:
        """Whether a number or a name follows that the last clause is not about."""
        for later in range(place, len(self.tokens)):
            found = self.names.at(self.tokens, later)
            if self.tokens[later].number is not None or (found is not None and (found[0],) != last.about.numbers):
                return True
        return False


def _goes_on(before: str, now: str, *, strong: bool) -> bool:
    """Whether a clause put like this may follow one put like that: "yes 1, 2 no" can be cut in two ways, and is not read."""
    return not before or before == now or strong or (before == "whom first" and now == "with a word between")
