"""What a person's archive holds, and what erasing the person does: each app answers for its own rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from foundation.models import HistoryEntry, SetAside
from foundation.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from ambassadors.models import User

Record = dict[str, Any]  # plain values only: text, numbers, true and false, dates, lists and dicts of them


@dataclass(frozen=True)
class Section:
    """One part of the archive.

    `export(person)` returns what the person may know of their own. `erase(person)` deletes or unnames their rows, inside the
    transaction of the erasure, and touches no other service.
    """

    label: StrPromise | str
    export: Callable[[User], Iterable[Record]]
    erase: Callable[[User], None]
    weight: int = 10


sections: Registry[Section] = Registry("section of the archive")


def archive_of(person: User) -> dict[str, list[Record]]:
    """Return everything that is kept of a person, by section, ready to be written as JSON."""
    named = sorted(sections.items(), key=lambda item: item[1].weight)
    return {name: list(section.export(person)) for name, section in named}


@transaction.atomic
def erase(person: User) -> None:
    """Let each app forget the person. The heaviest section goes last: the account itself."""
    for section in sorted(sections, key=lambda section: section.weight):
        section.erase(person)


def _history_of(person: User) -> Iterable[Record]:
    for entry in HistoryEntry.objects.about(person):
        yield {"at": entry.at, "what": entry.verb, "of": entry.target_name, "via": entry.via, "by": entry.shown_actor}


def _unname_in_history(person: User) -> None:
    HistoryEntry.objects.filter(actor=person).update(actor=None, actor_name="a former member")
    HistoryEntry.objects.filter(about=person).update(about=None)


sections.add("history", Section("What was done with your account", _history_of, _unname_in_history, weight=80))


def _set_aside_by(person: User) -> Iterable[Record]:
    for row in SetAside.objects.filter(person=person):
        yield {"card": row.card, "until": row.until}


def _forget_what_was_set_aside(person: User) -> None:
    SetAside.objects.filter(person=person).delete()


sections.add("desk", Section("Cards you set aside on your desk", _set_aside_by, _forget_what_was_set_aside, weight=80))
