"""An edition's text as a reader gets it: its parts with their footnotes numbered on, and the list of what is in it.

One place for pages, previews and print. Headings stand one level deeper where a part has a title of its own; each can be linked to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from foundation import footnotes
from foundation.publication import kept_until_it_changes
from products.models import Edition, EditionPart

WORDS_A_MINUTE = 220
FEW_HEADINGS = 2  # fewer than these are no list of contents


@dataclass(frozen=True)
class Entry:
    """A line of the list of contents: a title, where it stands, and how deep."""

    title: str
    anchor: str
    level: int = 1


@dataclass(frozen=True)
class ReadPart:
    """A part, rendered: `anchor` is its place on the page of the whole."""

    slug: str
    title: str
    anchor: str
    body: SafeString
    pillar: int | None
    headings: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class ReadText:
    """A whole text, or one part of it: its notes stand together below it."""

    parts: tuple[ReadPart, ...]
    notes: SafeString
    minutes: int

    @property
    def contents(self) -> list[Entry]:
        """What is in it; nothing where there is nothing to choose from."""
        titled = [part for part in self.parts if part.title]
        if len(titled) > 1:
            return [Entry(part.title, part.anchor) for part in titled]
        found = [entry for part in self.parts for entry in part.headings]
        return found if len(found) >= FEW_HEADINGS else []


def text_of(parts: Sequence[EditionPart], *, with_titles: bool = True) -> ReadText:
    """Return the text of an edition as it is now; without the titles of its parts where they stand elsewhere, as on a part's own page."""
    rendered, number, words = [], 1, 0
    notes: list[footnotes.Note] = []
    is_titled = with_titles and any(part.title for part in parts)
    for part in parts:
        prefix = f"{part.slug}-" if len(parts) > 1 else ""
        noted = footnotes.noted(part.body, prefix=prefix, start=number)
        number = noted.next_number
        notes += noted.notes
        body, headings, length = _with_headings(noted.body, deeper=is_titled, taken=prefix)
        words += length
        rendered.append(ReadPart(part.slug, part.title, f"part-{part.slug}", body, part.pillar_id, headings))
    return ReadText(tuple(rendered), footnotes.notes_list(notes), max(1, round(words / WORDS_A_MINUTE)))


def published_text(edition: Edition, slug: str = "") -> ReadText:
    """Return the text of an edition that is out, or one part of it: rendered once, for such a text changes no more."""

    def make() -> ReadText:
        parts = list(EditionPart.objects.filter(edition=edition).order_by("position", "pk"))  # unscoped: the edition is out
        return text_of([part for part in parts if part.slug == slug], with_titles=False) if slug else text_of(parts)

    return kept_until_it_changes(f"edition:{edition.pk}:{edition.revision}:{slug}", make)


def _with_headings(html: str, *, deeper: bool, taken: str) -> tuple[SafeString, tuple[Entry, ...], int]:
    soup = BeautifulSoup(html, "html.parser")
    entries: list[Entry] = []
    for heading in soup.find_all(["h2", "h3"]):
        title = " ".join(heading.get_text(" ").split())
        if heading.name == "h2":
            anchor = f"{taken}{slugify(title)[:60] or 'section'}-{len(entries) + 1}"
            heading["id"] = anchor
            entries.append(Entry(title, anchor))
        heading.name = f"h{int(heading.name[1]) + deeper}"
    words = len(soup.get_text(" ").split())
    return mark_safe(soup.decode(formatter="minimal")), tuple(entries), words  # noqa: S308  sanitised above, names changed
