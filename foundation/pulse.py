"""The health of the community in figures: each app registers its own. Figures speak of the community, never of a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foundation.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Reading:
    """One value of a figure. `of` is what it is a part of, where it is one; `label` says which part where there are several."""

    value: int | float
    label: StrPromise | str = ""
    of: int | float | None = None


@dataclass(frozen=True)
class Figure:
    """One figure: what it is called, the sentence that explains it, and the function that reads it from the database."""

    label: StrPromise | str
    explanation: StrPromise | str
    read: Callable[[], list[Reading]]
    weight: int = 10


pulse: Registry[Figure] = Registry("figure")


def figures() -> Iterator[tuple[Figure, list[Reading]]]:
    """Each figure with what it reads now, the lightest first."""
    for figure in sorted(pulse, key=lambda figure: figure.weight):
        yield figure, figure.read()
