"""What somebody answers to a slate by mail. Pure: words in, a reading out.

Nothing is guessed. A line is read with certainty, or it goes back to its writer with their own words; what they quote of our mail only
says whom the words below it are about. Each line that is neither blank nor a quotation is in exactly one place of the reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ambassadors.slates import quoted
from ambassadors.slates.clauses import About, Clause, Line, Names, Reader
from ambassadors.slates.vocabulary import ANSWER_WORDS, CONCERN, OPENING, STOPS_A_CONCERN, answer_at, tokens_of

MOST_WORDS = 32_000
MOST_IN_LINE = 2_000
MOST_LINES = 1_500
WRAPPED_AT = 58  # a line as long as this may have been broken by a mail program
SENT_FROM = re.compile(r"^\s*sent from\b", re.IGNORECASE)


class Why(StrEnum):
    """Why words go back to their writer."""

    NOT_READ = "not read"
    NO_WORDS = "no words"  # a concern, or a "no", without saying what it is
    TWO_WAYS = "two ways"  # one nominee, two answers
    NO_SUCH = "no such"  # a number that is not on the slate
    BESIDE = "beside"  # words next to an answer that was noted: nobody reads them


@dataclass(frozen=True)
class Nominee:
    """One on the slate, as its readers got it."""

    name: str
    text: str = ""
    is_gone: bool = False


@dataclass(frozen=True)
class Answer:
    """What is said of one nominee, with certainty."""

    number: int
    kind: str
    concern: str = ""


@dataclass(frozen=True)
class Unread:
    """Words that go back, and why."""

    words: str
    why: Why


@dataclass(frozen=True)
class Reading:
    """All of a mail: what is certain, what goes back, and what is only politeness."""

    answers: tuple[Answer, ...]
    unread: tuple[Unread, ...]
    polite: tuple[str, ...]
    read: tuple[str, ...]


@dataclass
class _Claim:
    """One clause with the line or lines it was read from."""

    clause: Clause
    source: list[str]
    more: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words of a concern, over all of its lines."""
        return "\n".join([*([self.clause.text] if self.clause.text else []), *self.more]).strip()


def read(words: str, nominees: Mapping[int, Nominee]) -> Reading:
    """Read the new words of a mail about these nominees, by their numbers."""
    return _Mail(nominees).read(words)


class _Mail:
    """The reading of one mail as it grows, line by line."""

    def __init__(self, nominees: Mapping[int, Nominee]) -> None:
        self.nominees = nominees
        self.live = frozenset(number for number, one in nominees.items() if not one.is_gone)
        self.names = Names.of({number: one.name for number, one in nominees.items()}, self.live)
        self.headings = {number: quoted.squeezed(one.name) for number, one in nominees.items()}
        self.texts = {number: quoted.squeezed(one.text) for number, one in nominees.items()}
        self.claims: list[_Claim] = []
        self.unread: list[Unread] = []
        self.polite: list[str] = []
        self.concern: _Claim | None = None
        self.quoted: list[int | None] = []

    def read(self, words: str) -> Reading:
        words, cut = words[:MOST_WORDS], words[MOST_WORDS:]
        lines = words.split("\n")
        cut, lines = "\n".join([*lines[MOST_LINES:], cut]), lines[:MOST_LINES]
        lines, signature = quoted.without_signature(lines)
        self.polite += [line for line in signature if line.strip()]
        self.polite += quoted.take_out_frames(lines)
        block: list[str] = []
        for line in lines:
            about = quoted.about_whom(line, self.headings, self.texts)
            if about is False:
                block.append(line)
            else:
                self.end_of_block(block)
                block = []
                self.quoted += [about] if line.strip(" >|") else []
        self.end_of_block(block)
        if cut.strip():
            self.back(cut, Why.NOT_READ)
        return self.settled()

    def end_of_block(self, block: list[str]) -> None:
        """Read what was written between two quotations."""
        if not any(line.strip() for line in block):
            return
        about = set(self.quoted)
        self.quoted = []
        number = about.pop() if len(about) == 1 else next(iter(self.nominees)) if len(self.nominees) == 1 else None
        self.concern = None
        if number is None or not self.in_line(number, block):
            self.row_of_lines(block)
        self.concern = None

    def in_line(self, number: int, block: list[str]) -> bool:
        """Read words that stand right below one nominee, and begin with an answer without saying about whom."""
        own = [line for line in block if line.strip()]
        tokens = tokens_of(own[0])
        if answer_at(tokens, 0) is None:
            return False
        line = Reader(f"{number}: {own[0].strip()}", self.names).read()
        if not line.is_read or any(clause.about.numbers != (number,) for clause in line.clauses):
            return False
        self.take(line, [own[0]])
        self.row_of_lines(block[block.index(own[0]) + 1 :])
        return True

    def row_of_lines(self, lines: list[str]) -> None:
        place = 0
        while place < len(lines):
            place += self.line(lines, place)

    def line(self, lines: list[str], place: int) -> int:
        """Put one line where it belongs, or several that a mail program made of one; return how many."""
        line = lines[place]
        if not line.strip():
            if self.concern is not None:
                self.concern.more.append("")
            return 1
        found, number = self.parsed(lines, place)
        if found.is_read or (found.rest and found.clauses):
            self.take(found, lines[place : place + number])
            return number
        if self.is_polite(line, lines, place):
            self.concern = None
            self.polite.append(line)
        elif self.concern is not None and not self.speaks_of_another(line):
            self.concern.more.append(line)
        else:
            self.concern = None
            self.back(line, Why.NOT_READ)
        return 1

    def parsed(self, lines: list[str], place: int) -> tuple[Line, int]:
        """Read a line; where it is long and says nothing by itself, together with the lines that it may have been broken into."""
        first = lines[place].strip()
        if len(first) > MOST_IN_LINE:
            return Line(), 1
        found = Reader(first, self.names).read()
        if (found.is_read and not _is_bare(found)) or len(first) < WRAPPED_AT:
            return found, 1
        joined = first
        for number, more in enumerate(lines[place + 1 : place + 4], start=2):
            if not more.strip():
                break
            joined += " " + more.strip()
            whole = Reader(joined, self.names).read()
            if whole.is_read and not _is_bare(whole) and not any(one.kind == CONCERN for one in whole.clauses):
                return whole, number
        return found, 1

    def take(self, line: Line, source: list[str]) -> None:
        """Keep the clauses of a line. A concern at its end goes on in the lines below."""
        claims = [_Claim(clause, source) for clause in line.clauses]
        self.claims += claims
        last = claims[-1] if claims else None
        self.concern = last if last is not None and last.clause.kind == CONCERN and last.clause.text is not None else None
        if line.tail:
            self.back(line.tail, Why.BESIDE)
        if line.rest:
            self.back(line.rest, Why.NOT_READ)

    def is_polite(self, line: str, lines: list[str], place: int) -> bool:
        """A greeting, thanks, or a name below one of them at the end."""
        tokens = tokens_of(line)
        if len(tokens) > 9 or any(token.text in ANSWER_WORDS or token.number is not None for token in tokens):
            return bool(SENT_FROM.match(line))
        if OPENING.match(line.strip()):
            return True
        above = [one for one in lines[:place] if one.strip()]
        below = [one for one in lines[place + 1 :] if one.strip()]
        return bool(above) and len(below) < 2 and len(tokens) <= 4 and above[-1] in self.polite

    def speaks_of_another(self, line: str) -> bool:
        """Whether a line below a concern begins with a number or a name, as an answer about somebody else would."""
        reader = Reader(line.strip(), self.names)
        found = reader.one(0) or reader.about(0)
        return found is not None and reader.text_at(found[1]) in STOPS_A_CONCERN

    def back(self, words: str, why: Why) -> None:
        self.unread.append(Unread(words.strip(), why))

    def settled(self) -> Reading:
        """Bring the clauses together: what contradicts, lacks its words or names nobody on the slate goes back."""
        said: dict[int, list[_Claim]] = {}
        doubtful = any(one.why == Why.NOT_READ for one in self.unread)
        named = {number for claim in self.claims for number in claim.clause.about.numbers}
        for claim in self.claims:
            numbers = self.numbers_of(claim.clause.about, named)
            if claim.clause.about.is_open_ended and doubtful:
                self.back("\n".join(claim.source), Why.NOT_READ)  # what was not read may take somebody out of "all"
                numbers = ()
            elif not numbers:
                self.back("\n".join(claim.source), Why.NO_SUCH)
            elif claim.clause.kind == CONCERN and not claim.text:
                self.back("\n".join(claim.source), Why.NO_WORDS)
                numbers = ()
            for number in numbers:
                said.setdefault(number, []).append(claim)
        answers = [answer for number in sorted(said) if (answer := self.answer(number, said[number])) is not None]
        read = [line for claim in self.claims for line in (*claim.source, *claim.more) if line.strip()]
        unread = tuple(dict.fromkeys(self.unread))
        return Reading(tuple(answers), unread, tuple(self.polite), tuple(dict.fromkeys(read)))

    def numbers_of(self, about: About, named: set[int]) -> tuple[int, ...]:
        """Return whom a clause is about; nobody when one of its numbers is not on the slate."""
        if not {*about.numbers, *about.but} <= set(self.nominees):
            return ()
        if about.all or about.rest:
            left_out = named if about.rest else set(about.but)
            return tuple(sorted(self.live - left_out))
        return tuple(dict.fromkeys(about.numbers))

    def answer(self, number: int, claims: list[_Claim]) -> Answer | None:
        """Return what is said of one nominee; None, and the words go back, when it is two things."""
        kinds = {claim.clause.kind for claim in claims}
        if len(kinds) > 1:
            self.back("\n".join(dict.fromkeys(line for claim in claims for line in claim.source)), Why.TWO_WAYS)
            return None
        return Answer(number, kinds.pop(), "\n\n".join(dict.fromkeys(claim.text for claim in claims if claim.text)))


def _is_bare(line: Line) -> bool:
    """Whether it ends in a concern that says nothing yet."""
    return bool(line.clauses) and line.clauses[-1].kind == CONCERN and not line.clauses[-1].text
