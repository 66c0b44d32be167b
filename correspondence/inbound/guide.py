"""What one can do by mail, for whoever asks: each app says what there is for this person now. Nothing is offered that would not work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foundation.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from ambassadors.models import User
    from correspondence.addresses import Letter

# The word that asks for help, alone in the first line, in the languages that people write in.
WORDS = "help, help me, commands, hilfe, aide, ayuda, hulp, aiuto, ajuda, pomoc, hjälp, hjelp, hjælp, 帮助, 幫助, 求助, ヘルプ, помощь, ?"
HELP_WORDS = frozenset(WORDS.split(", "))
MOST = 12


@dataclass(frozen=True)
class Offer:
    """One thing to do: a line that says what, and where to write for it. Without an address it says where to find one."""

    line: str
    letter: Letter | None = None


@dataclass(frozen=True)
class Guide:
    """What one app offers somebody, under a heading; of many offers the first twelve are told. The lightest guide comes first."""

    title: StrPromise | str
    weight: int
    offers: Callable[[User], Iterable[Offer]]


@dataclass(frozen=True)
class Chapter:
    """One heading of the help mail, with what stands below it."""

    title: str
    offers: tuple[Offer, ...]


guides: Registry[Guide] = Registry("guide to what one can do by mail")


def chapters_for(person: User) -> list[Chapter]:
    """All that there is for this person now, without headings under which there is nothing."""
    found = (Chapter(str(guide.title), tuple(guide.offers(person))[:MOST]) for guide in sorted(guides, key=lambda one: one.weight))
    return [chapter for chapter in found if chapter.offers]
