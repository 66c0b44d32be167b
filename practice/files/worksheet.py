"""A worksheet: what an instrument asks on paper, blank or with one person's answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from practice.answering.forms import Given
from practice.instruments.content import Instrument, Module, Principle, ProofPoint
from practice.models import Answer


@dataclass(frozen=True)
class Box:
    """One place of a scale, to be ticked."""

    label: str
    is_ticked: bool


@dataclass(frozen=True)
class AskedPoint:
    """A proof point with its boxes and its note."""

    point: ProofPoint
    boxes: tuple[Box, ...]
    note: str


@dataclass(frozen=True)
class AskedPrinciple:
    """A principle with its proof points, and the boxes of how much it would matter."""

    principle: Principle
    points: tuple[AskedPoint, ...]
    weights: tuple[Box, ...]


@dataclass(frozen=True)
class AskedModule:
    """A module with its principles."""

    module: Module
    principles: tuple[AskedPrinciple, ...]


@dataclass(frozen=True)
class Worksheet:
    """The chosen modules of an instrument."""

    asks: Instrument
    modules: tuple[AskedModule, ...]
    answers: Mapping[str, Given]
    weights: Mapping[str, int | None]

    @property
    def contents(self) -> tuple[Module, ...]:
        return tuple(one.module for one in self.modules)

    def given(self, key: str) -> Given:
        return self.answers.get(key, Given())

    def weight(self, key: str) -> int | None:
        return self.weights.get(key)


def worksheet_of(
    asks: Instrument,
    modules: tuple[Module, ...],
    answers: Mapping[str, Given] | None = None,
    weights: Mapping[str, int | None] | None = None,
) -> Worksheet:
    """Return the worksheet of some modules, with what was answered so far."""
    given, weighed = answers or {}, weights or {}
    found = tuple(
        AskedModule(module, tuple(_principle(asks, principle, given, weighed) for principle in module.principles))
        for module in modules
    )
    return Worksheet(asks, found, given, weighed)


def _principle(
    asks: Instrument, principle: Principle, given: Mapping[str, Given], weights: Mapping[str, int | None]
) -> AskedPrinciple:
    points = tuple(_point(asks, point, given.get(point.key, Given())) for point in principle.proof_points)
    return AskedPrinciple(principle, points, _boxes(asks.importance.answers, weights.get(principle.key)))


def _point(asks: Instrument, point: ProofPoint, given: Given) -> AskedPoint:
    instead = tuple(Box(str(choice.label), given.instead == choice) for choice in Answer.Instead)
    return AskedPoint(point, _boxes(asks.practice.answers, given.value) + instead, given.note)


def _boxes(scale: tuple[str, ...], chosen: int | None) -> tuple[Box, ...]:
    return tuple(Box(label, place == chosen) for place, label in enumerate(scale, start=1))
