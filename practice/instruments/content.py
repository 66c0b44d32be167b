"""What an instrument asks: modules, their principles, and the proof points of each. Read from YAML by `reading.py`, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ProofPoint:
    """One thing that somebody could point at. `key` stays as long as it asks the same; `code` is its place: 2.1.3."""

    key: str
    text: str
    code: str


@dataclass(frozen=True)
class Principle:
    """What a module holds for good; respondents say how much it would matter to get better at it. `topics` are slugs of the community's."""

    key: str
    title: str
    code: str
    proof_points: tuple[ProofPoint, ...]
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Module:
    """What is chosen, answered and reported on its own. `pillar` is the slug of one of the community's, or empty."""

    key: str
    title: str
    about: str
    pillar: str
    code: str
    principles: tuple[Principle, ...]

    @property
    def proof_points(self) -> tuple[ProofPoint, ...]:
        return tuple(point for principle in self.principles for point in principle.proof_points)


@dataclass(frozen=True)
class Scale:
    """A question and its answers from the least to the most: they count 1, 2, 3 …"""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Instrument:
    """A whole questionnaire."""

    key: str
    title: str
    about: str
    practice: Scale
    importance: Scale
    modules: tuple[Module, ...] = field(default=())

    @property
    def proof_points(self) -> Iterator[ProofPoint]:
        return (point for module in self.modules for point in module.proof_points)
