"""Addresses as cards for an address book (RFC 6350).

By hand: the one library for it that is kept (vobject) brings three others along, for what are twenty lines here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

LINE = 75  # octets, by the RFC


def cards(contacts: Iterable[tuple[str, str]]) -> str:
    """Return a card for each name and address."""
    return "".join(f"{line}\r\n" for name, address in contacts for line in _card(name, address))


def _card(name: str, address: str) -> Iterator[str]:
    shown = _escaped(name)
    for line in (
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"FN:{shown}",
        "KIND:org",
        f"ORG:{shown}",
        f"EMAIL:{_escaped(address)}",
        "END:VCARD",
    ):
        yield from _folded(line)


def _escaped(text: str) -> str:
    for sign in "\\,;":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _folded(line: str) -> Iterator[str]:
    """Cut between letters, never inside one; each further line begins with a space that is not part of it."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > LINE:
            yield part
            part = " "
        part += letter
    yield part
