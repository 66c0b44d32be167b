"""What a person's archive holds, and what erasing the person does: each app answers for its own rows, in its `privacy_export.py`.

A test walks through all models, those of packages too: one that has to do with people, and that neither a section names in `models`
nor `exempt` excuses with a reason, fails it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from django.db import transaction

from foundation.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from ambassadors.models import User

Record = dict[str, Any]  # plain values only: text, numbers, true and false, dates, lists and dicts of them


@dataclass(frozen=True)
class ArchivedFile:
    """One file of the archive: its name there, and how to open it for reading. Files of a section lie in a folder of their own."""

    name: str
    open: Callable[[], AbstractContextManager[IO[bytes]]]


@dataclass(frozen=True)
class Publication:
    """Something of a person's that the public reads with their consent, and where they can withdraw it before they are erased."""

    title: str
    url: str


def no_files(person: User) -> Iterable[ArchivedFile]:
    """The files of a section which has none."""
    return []


def nothing_published(person: User) -> Iterable[Publication]:
    """The publications of a section which has none."""
    return []


@dataclass(frozen=True)
class Section:
    """One part of the archive.

    `export(person)` yields what the person may know of their own, row by row. `erase(person)` deletes or unnames their rows, inside
    the transaction of the erasure, and touches no other service. `models` are the models ("app.Model") it answers for, `text`
    explains to the person what is in it, and what is not. `weight` orders both; erasure ends with the heaviest, the account.
    """

    label: StrPromise | str
    export: Callable[[User], Iterable[Record]]
    erase: Callable[[User], None]
    weight: int = 10
    models: tuple[str, ...] = ()
    text: StrPromise | str = ""
    files: Callable[[User], Iterable[ArchivedFile]] = field(default=no_files)
    published: Callable[[User], Iterable[Publication]] = field(default=nothing_published)


sections: Registry[Section] = Registry("section of the archive")
exempt: Registry[str] = Registry("model without a section of the archive")  # "app.Model", with the reason


def in_order() -> list[tuple[str, Section]]:
    """The sections as an archive shows them."""
    return sorted(sections.items(), key=lambda item: item[1].weight)


def archive_of(person: User) -> dict[str, list[Record]]:
    """Return everything that is kept of a person, by section, ready to be written as JSON. For large archives, see the packing."""
    return {name: list(section.export(person)) for name, section in in_order()}


def publications_of(person: User) -> Iterator[Publication]:
    """What the public reads of a person, with their consent."""
    for _name, section in in_order():
        yield from section.published(person)


@transaction.atomic
def erase(person: User) -> None:
    """Let each app forget the person. The heaviest section goes last: the account itself."""
    # Whoever writes a row that points to this person at this moment waits at the foreign key, and then finds nobody there.
    locked = type(person)._base_manager.select_for_update().get(pk=person.pk)
    for _name, section in in_order():
        section.erase(locked)


def nothing_to_erase(person: User) -> None:
    """The erasure of a section whose rows another one deletes, or which go with the account."""
