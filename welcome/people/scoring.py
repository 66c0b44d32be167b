"""Who somebody may want to meet, and why. Pure: of the same people, questions and day it always says the same."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

MOST = 5
NEW = timedelta(days=120)  # how long after joining it says something that somebody else came at the same time
SAME_TIME = timedelta(days=31)


@dataclass(frozen=True)
class Person:
    """What a reader may know of somebody; of the reader, all of it. An empty field was not said, or is not for them."""

    key: int
    topics: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    place: str = ""
    ask_me_about: str = ""
    joined_on: date | None = None


@dataclass(frozen=True)
class OpenQuestion:
    """A question of the reader's that nothing has answered yet; `topic` is what they said that it is about, if they did."""

    subject: str
    url: str
    topic: str = ""

    def is_about(self, topic: str) -> bool:
        """Whether it names this topic."""
        return topic == self.topic or bool(re.search(rf"\b{re.escape(topic)}\b", self.subject, re.IGNORECASE))


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for meeting somebody: its name, what it speaks of, and where that stands."""

    name: str
    of: tuple[str, ...] = ()
    url: str = ""
    points: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Suggestion:
    """Somebody to meet, with the reasons, what weighs most first."""

    key: int
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        """What its reasons weigh together."""
        return sum(reason.points for reason in self.reasons)


def suggest(reader: Person, people: Iterable[Person], questions: Sequence[OpenQuestion], today: date) -> list[Suggestion]:
    """Return at most five people with a reason to meet them, the best first. Of equals, each day begins with others."""
    found = (Suggestion(one.key, reasons(reader, one, questions, today)) for one in people if one.key != reader.key)
    chosen = sorted(
        (one for one in found if one.reasons), key=lambda one: (-one.points, draw_of(f"{reader.key}:{one.key}:{today.isoformat()}"))
    )
    return chosen[:MOST]


def reasons(reader: Person, one: Person, questions: Sequence[OpenQuestion], today: date) -> tuple[Reason, ...]:
    """Return what speaks for the two to meet, what weighs most first."""
    return tuple(sorted(_reasons(reader, one, questions, today), key=lambda reason: -reason.points))


def draw_of(text: str) -> int:
    """Return a number that only this text has, as good as drawn by lot, and the same wherever it is asked for."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6])


def _reasons(reader: Person, one: Person, questions: Sequence[OpenQuestion], today: date) -> Iterator[Reason]:
    known = next((question for question in questions if _can_answer(one, question)), None)
    shared = tuple(sorted(reader.topics & one.topics))
    if known is not None:
        yield Reason("question", (known.subject,), known.url, points=6)
    if shared:
        yield Reason("topics", shared[:3], points=3 * min(len(shared), 2))
    if (known or shared) and reader.roles and one.roles and not reader.roles & one.roles:
        yield Reason("seat", tuple(sorted(one.roles)), points=2)
    if reader.place and reader.place == one.place:
        yield Reason("place", (one.place,), points=3)
    if _came_together(reader, one, today):
        yield Reason("together", points=1)


def _can_answer(one: Person, question: OpenQuestion) -> bool:
    in_words = bool(question.topic) and question.topic.casefold() in one.ask_me_about.casefold()
    return in_words or any(question.is_about(topic) for topic in one.topics)


def _came_together(reader: Person, one: Person, today: date) -> bool:
    if reader.joined_on is None or one.joined_on is None or today - reader.joined_on > NEW:
        return False
    return abs(reader.joined_on - one.joined_on) <= SAME_TIME
