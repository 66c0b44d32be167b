"""A card told to machines: as a vCard for address books, as JSON-LD for search engines. Both see the card alone, never the profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ambassadors.privacy import ProfileCard
from foundation.richtext import to_plain
from foundation.vcards import escaped, written


def vcard_of(card: ProfileCard, site: str) -> str:
    """Return the card as a vCard 4.0 (RFC 6350). Addresses in it are those of this site."""
    return written(_lines(card, site))


def _lines(card: ProfileCard, site: str) -> Iterator[str]:
    url = site + card.url
    yield from ("BEGIN:VCARD", "VERSION:4.0", "KIND:individual", f"UID:{url}")
    yield f"FN:{escaped(card.name)}"
    for name, value in (("ORG", card.organization), ("TITLE", card.job_title), ("NOTE", card.ask_me_about)):
        if value:
            yield f"{name}:{escaped(value)}"
    if card.role_labels:
        yield f"ROLE:{escaped(', '.join(card.role_labels))}"
    if words := [*(topic.name for topic in card.topics), card.sector]:
        yield from _listed("CATEGORIES", [word for word in words if word])
    if card.place:
        yield f"ADR;LABEL={_parameter(card.place)}:;;;;;;"
    if card.photo_url:
        yield f"PHOTO;MEDIATYPE=image/webp:{site}{card.photo_url}"
    yield from (f"URL:{url}", "END:VCARD")


def _listed(name: str, words: list[str]) -> Iterable[str]:
    return [f"{name}:{','.join(escaped(word) for word in words)}"] if words else []


def _parameter(value: str) -> str:
    """A value of a parameter, in quotation marks, by RFC 6868."""
    return '"' + " ".join(value.split()).replace("^", "^^").replace('"', "^'") + '"'


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
