"""A card told to machines: as a vCard for address books, as JSON-LD for search engines. Both see the card alone, never the profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ambassadors.privacy import ProfileCard
from foundation.richtext import to_plain

LINE = 75  # octets, by RFC 6350


def vcard_of(card: ProfileCard, site: str) -> str:
    """Return the card as a vCard 4.0 (RFC 6350). Addresses in it are those of this site."""
    return "".join(f"{folded}\r\n" for line in _lines(card, site) for folded in [_folded(line)])


def _lines(card: ProfileCard, site: str) -> Iterator[str]:
    url = site + card.url
    yield from ("BEGIN:VCARD", "VERSION:4.0", "KIND:individual", f"UID:{url}")
    yield f"FN:{_text(card.name)}"
    for name, value in (("ORG", card.organization), ("TITLE", card.job_title), ("NOTE", card.ask_me_about)):
        if value:
            yield f"{name}:{_text(value)}"
    if card.role_labels:
        yield f"ROLE:{_text(', '.join(card.role_labels))}"
    if words := [*(topic.name for topic in card.topics), card.sector]:
        yield from _listed("CATEGORIES", [word for word in words if word])
    if card.place:
        yield f"ADR;LABEL={_parameter(card.place)}:;;;;;;"
    if card.photo_url:
        yield f"PHOTO;MEDIATYPE=image/webp:{site}{card.photo_url}"
    yield from (f"URL:{url}", "END:VCARD")


def _listed(name: str, words: list[str]) -> Iterable[str]:
    return [f"{name}:{','.join(_text(word) for word in words)}"] if words else []


def _text(value: str) -> str:
    """Escape what would end a value, so that nobody can write a line of their own into somebody's address book."""
    value = value.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return "\\n".join(value.splitlines())


def _parameter(value: str) -> str:
    """A value of a parameter, in quotation marks, by RFC 6868."""
    return '"' + " ".join(value.split()).replace("^", "^^").replace('"', "^'") + '"'


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


def json_ld_of(card: ProfileCard, site: str) -> dict[str, Any]:
    """Return what search engines are told of a person: give it the card that a visitor sees."""
    return {
        "@type": "Person",
        "@id": site + card.url,
        "url": site + card.url,
        "name": card.name,
        "description": to_plain(card.bio)[:500],
        "image": site + card.photo_url if card.photo_url else "",
        "jobTitle": card.job_title,
        "worksFor": {"@type": "Organization", "name": card.organization} if card.organization else None,
        "knowsAbout": [topic.name for topic in card.topics] + [part for part in [card.ask_me_about] if part],
        "knowsLanguage": [word.strip() for word in card.languages.split(",") if word.strip()],
        "homeLocation": {"@type": "Place", "name": card.place} if card.place else None,
        "subjectOf": [{"@type": "CreativeWork", "name": link.label, "url": link.url} for link in card.evidence],
    }
