"""Where a story, an idea or a suggestion can be sent: each app registers the doors it keeps open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foundation.registry import Registry

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django_stubs_ext import StrPromise

    from ambassadors.models import User


@dataclass(frozen=True)
class Door:
    """One place that takes something in. `url(reader)` returns the address of its form, or None when it is closed to this reader."""

    label: StrPromise | str
    text: StrPromise | str
    url: Callable[[User | AnonymousUser], str | None]
    weight: int = 10


intake: Registry[Door] = Registry("intake")


def doors_for(reader: User | AnonymousUser) -> list[tuple[Door, str]]:
    """Return the doors open to this reader with their addresses, the lightest first."""
    addressed = [(door, door.url(reader)) for door in sorted(intake, key=lambda door: door.weight)]
    return [(door, url) for door, url in addressed if url]
