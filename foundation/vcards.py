"""How cards for address books are written (vCard 4.0, RFC 6350)."""

from __future__ import annotations

from collections.abc import Iterable

LINE = 75  # octets, by the RFC


def written(lines: Iterable[str]) -> str:
    """Return the file that lines make, each folded."""
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def contact(name: str, address: str) -> tuple[str, ...]:
    """The lines of a card that holds a name and an address to write to."""
    shown = escaped(" ".join(name.split()))
    return ("BEGIN:VCARD", "VERSION:4.0", "KIND:org", f"FN:{shown}", f"ORG:{shown}", f"EMAIL:{escaped(address)}", "END:VCARD")


def escaped(value: str) -> str:
    """Escape what would end a value, so that nobody can write a line of their own into somebody's address book."""
    value = value.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return "\\n".join(value.splitlines())


def _folded(line: str) -> str:
    """Break a line after at most 75 octets, between characters; the next begins with a space."""
    parts: list[str] = []
    current = ""
    for char in line:
        if len((current + char).encode()) > LINE - bool(parts):
            parts.append(current)
            current = ""
        current += char
    return "\r\n ".join([*parts, current])
