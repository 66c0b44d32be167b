"""The steps of somebody's first weeks: each part of the house registers its own. None of them is a duty."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foundation.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from ambassadors.models import User

# Of people, given by their keys, those for whom something holds. One query, however many they are.
Among = Callable[[Collection[int]], set[int]]


def everybody(people: Collection[int]) -> set[int]:
    """All of them."""
    return set(people)


@dataclass(frozen=True)
class Step:
    """One thing that a newcomer may do, or skip.

    `done_among(people)` says who has done it, from what is there: nothing is ticked by hand. `offered_among(people)` says for whom there is
    something to do at all (a first look that is open, commitments that hold); a step that is not offered is not shown, and nobody waits for
    it. `url(person)` is where one does it, asked for one person at a time. `by_mail` is the sentence that a reminder says of it where it
    can be done by answering that mail, or without the site in another way. The lightest comes first.
    """

    name: str
    title: StrPromise
    sentence: StrPromise
    url: Callable[[User], str]
    minutes: int
    done_among: Among
    offered_among: Among = everybody
    by_mail: StrPromise | str = ""
    weight: int = 10

    def is_done(self, person: User) -> bool:
        """Whether this person has done it."""
        return person.pk in self.done_among([person.pk])

    def is_offered(self, person: User) -> bool:
        """Whether there is something to do for this person."""
        return person.pk in self.offered_among([person.pk])


steps: Registry[Step] = Registry("step of the first weeks")


def in_order() -> list[Step]:
    """The steps as they are shown: affirm 10, profile 20, buddy 30, first look 40, first prompt 50."""
    return sorted(steps, key=lambda step: step.weight)
