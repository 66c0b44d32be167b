"""How an upper floor plugs into a lower one: the lower floor keeps a registry, the upper one fills it when it is discovered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """Named entries in the order of their registration. A name is taken once: two entries of one name are a programming error."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._entries: dict[str, Entry] = {}

    def add(self, name: str, entry: Entry) -> Entry:
        """Register `entry` as `name`; raises ValueError when the name is taken."""
        if name in self._entries:
            raise ValueError(f"{self.what} {name!r} is registered twice")
        self._entries[name] = entry
        return entry

    def register(self, name: str) -> Callable[[Entry], Entry]:
        """The same as a decorator."""
        return lambda entry: self.add(name, entry)

    def __getitem__(self, name: str) -> Entry:
        return self._entries[name]

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def items(self) -> Iterator[tuple[str, Entry]]:
        """Pairs of name and entry."""
        return iter(self._entries.items())
