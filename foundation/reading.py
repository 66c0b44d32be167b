"""What is remembered of a person's reading. Each app that remembers something says so here, in its `reading.py`.

Nobody but the person sees it; whoever switches it off (`User.remembers_reading`) is not followed any further. A source asks
`remembers(person)` before it writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from foundation.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from ambassadors.models import User

KEPT = timedelta(days=365)


@dataclass(frozen=True)
class Mark:
    """One thing that is remembered: `key` finds it again within its source."""

    key: str
    title: str
    url: str
    text: str
    at: datetime | None = None


@dataclass(frozen=True)
class Source:
    """What one app remembers.

    `marks(person)` lists it, `forget(person, key)` deletes one (or all, with an empty key) and returns how many, `expire(before)`
    deletes what is older, of everybody. `after_forgetting` says what it means for the person.
    """

    label: StrPromise
    marks: Callable[[User], Iterable[Mark]]
    forget: Callable[[User, str], int]
    expire: Callable[[datetime], int]
    after_forgetting: StrPromise | str = ""


sources: Registry[Source] = Registry("source of reading marks")


def remembers(person: User) -> bool:
    """Whether anything of this person's reading may be remembered."""
    return person.remembers_reading


def forget_all(person: User) -> int:
    """Delete everything that is remembered of one person's reading; return how many marks that were."""
    return sum(source.forget(person, "") for source in sources)


def expire() -> int:
    """Forget what was read more than a year ago, of everybody."""
    return sum(source.expire(timezone.now() - KEPT) for source in sources)
