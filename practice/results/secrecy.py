"""When something of a round may be seen at all."""

from __future__ import annotations

from typing import Protocol

from practice.models import LearningSession


class OnItsRoad(Protocol):
    """A round, or what a query says of one."""

    @property
    def openness(self) -> str: ...

    @property
    def status(self) -> str: ...


def is_still_secret(session: OnItsRoad) -> bool:
    """Whether nothing of it may be seen yet."""
    is_anonymous = session.openness == LearningSession.Openness.ANONYMOUS
    return is_anonymous and session.status != LearningSession.Status.CLOSED


def since_of(session: LearningSession) -> LearningSession | None:
    """The round before, once it can be read."""
    before = session.follows
    return before if before is not None and not is_still_secret(before) else None
