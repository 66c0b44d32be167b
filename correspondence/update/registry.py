"""What the Update may pick, and which people with an account get it. Each app registers its own in its `update` module.

    sources.add("news", Source(_("News"), offered=newest_news, find=news_by_key))

A source gives what any visitor may read at this moment, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foundation.registry import Registry

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrPromise

    from ambassadors.models import User


@dataclass(frozen=True)
class Item:
    """Something published: what it is called, some words of it as plain text, its address on the site, and who speaks."""

    key: str
    title: str
    url: str
    text: str = ""
    by: str = ""


@dataclass(frozen=True)
class Source:
    """One kind of published thing. `offered()` gives the newest to choose from, `find(keys)` those of these keys that visitors may read."""

    label: StrPromise | str
    offered: Callable[[], Iterable[Item]]
    find: Callable[[Collection[str]], Iterable[Item]]


sources: Registry[Source] = Registry("source of the Update")
readers: Registry[Callable[[], QuerySet[User]]] = Registry("group of readers of the Update")
