"""A line of the report: how it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """How a thing is. Only what is wrong makes the command fail."""

    RIGHT = "right"
    LOOK = "look"
    WRONG = "wrong"
    UNKNOWN = "unknown"


class Finding(NamedTuple):
    """One thing that was looked at."""

    level: Level
    sentence: str
    hint: str = ""


Findings = Iterator[Finding]


def right(sentence: str) -> Finding:
    """It is as it should be."""
    return Finding(Level.RIGHT, sentence)


def look(sentence: str, hint: str = "") -> Finding:
    """It works, or may; somebody should decide whether it is meant so."""
    return Finding(Level.LOOK, sentence, hint)


def wrong(sentence: str, hint: str = "") -> Finding:
    """Mail will not arrive, or not be believed, until this is mended."""
    return Finding(Level.WRONG, sentence, hint)


def unknown(sentence: str, hint: str = "") -> Finding:
    """It could not be looked at from here."""
    return Finding(Level.UNKNOWN, sentence, hint)


def plain(told: object) -> str:
    """What another server said, on one line and without anything that a terminal would obey."""
    line = " ".join(str(told).split())
    return "".join(letter for letter in line if letter.isprintable())[:300]
