"""What changed between two versions of an edition, or two editions, word by word. Pure: it compares `content_of` with `content_of`.

Parts are matched by the last word of their address, so that one which was moved or retitled is compared with itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from foundation.differences import Stretch, changes, is_changed
from foundation.richtext import as_typed
from products.drafting.content import TEXTS
from products.models import Edition

LABELS = {field.name: field.verbose_name for field in Edition._meta.concrete_fields}
HEADING = "## "  # as richtext.as_typed writes it
AROUND = 1  # unchanged paragraphs that stay beside a changed one
SHORT = 2  # so few unchanged ones are not worth leaving out


@dataclass(frozen=True)
class Passage:
    """A paragraph as stretches of words; or, where nothing changed for a while, how many paragraphs are left out."""

    stretches: tuple[Stretch, ...] = ()
    left_out: int = 0
    is_heading: bool = False


@dataclass(frozen=True)
class Section:
    """One text of an edition, or one of its parts: `fate` is changed, new, gone or moved."""

    label: str
    fate: str
    passages: tuple[Passage, ...]


def compared(old: dict[str, Any], new: dict[str, Any]) -> list[Section]:
    """Return what differs, in the order of the new text; nothing where both say the same."""
    return [*_texts(old, new), *_parts(old.get("parts", []), new.get("parts", []))]


def passages(paragraphs: list[list[Stretch]]) -> tuple[Passage, ...]:
    """Return paragraphs with the long unchanged stretches between them left out and counted."""
    changed = [place for place, paragraph in enumerate(paragraphs) if is_changed([paragraph])]
    near = {place + step for place in changed for step in range(-AROUND, AROUND + 1)}
    return tuple(_folded(paragraphs, near))


def paragraphs_of(text: str) -> list[str]:
    """Return a text, rich or plain, as paragraphs for comparing: headings and lists as they would be typed."""
    typed = as_typed(text) if text.startswith("<") else text.replace("\r\n", "\n")
    return [paragraph for paragraph in typed.split("\n\n") if paragraph.strip()]


def _folded(paragraphs: list[list[Stretch]], near: set[int]) -> Iterator[Passage]:
    left_out: list[list[Stretch]] = []
    for place, paragraph in enumerate([*paragraphs, None]):
        if paragraph is not None and place not in near:
            left_out.append(paragraph)
            continue
        if len(left_out) > SHORT:
            yield Passage(left_out=len(left_out))
        else:
            yield from (_passage(one) for one in left_out)
        left_out = []
        if paragraph is not None:
            yield _passage(paragraph)


def _passage(paragraph: list[Stretch]) -> Passage:
    """A heading is compared as it would be typed, and shown as one."""
    both = ("".join(stretch.text for stretch in paragraph if stretch.kind != other) for other in ("new", "gone"))
    if not all(text.startswith(HEADING) for text in both if text):
        return Passage(tuple(paragraph))
    bare = (replace(stretch, text=stretch.text.removeprefix(HEADING)) for stretch in paragraph)
    return Passage(tuple(stretch for stretch in bare if stretch.text), is_heading=True)


def _texts(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Section]:
    for name in TEXTS:  # in the order of the page: what is kept as data has none
        before, text = old.get(name, ""), new.get(name, "")
        if text != before:
            yield Section(str(LABELS[name]), "changed", passages(changes(paragraphs_of(before), paragraphs_of(text))))


def _parts(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[Section]:
    was = {part["slug"]: part for part in old}
    order_was = [part["slug"] for part in old if part["slug"] in {part["slug"] for part in new}]
    order_is = [part["slug"] for part in new if part["slug"] in was]
    moved = set(_moved(order_was, order_is))
    for part in new:
        yield from _part(was.pop(part["slug"], None), part, part["slug"] in moved)
    for part in was.values():
        yield Section(_named(part), "gone", passages(changes(_said(part), [])))


def _part(before: dict[str, Any] | None, part: dict[str, Any], is_moved: bool) -> Iterator[Section]:
    if before is None:
        yield Section(_named(part), "new", passages(changes([], _said(part))))
        return
    is_retitled = before.get("title") != part.get("title")
    found = changes(_said(before, titled=is_retitled), _said(part, titled=is_retitled))
    if is_changed(found):
        yield Section(_named(part), "changed", passages(found))
    elif is_moved:
        yield Section(_named(part), "moved", ())


def _said(part: dict[str, Any], *, titled: bool = True) -> list[str]:
    """Its paragraphs, with its title first where that says something that its label does not."""
    title = [part["title"]] if titled and part.get("title") else []
    return [*title, *paragraphs_of(part.get("body", ""))]


def _named(part: dict[str, Any]) -> str:
    slug = str(part["slug"])
    return str(part.get("title") or (_("Text") if slug == "text" else slug.replace("-", " ").capitalize()))


def _moved(before: list[str], after: list[str]) -> Iterable[str]:
    """Those that others have overtaken: as few as tell the new order."""
    rest = list(before)
    for slug in after:
        if rest and rest[0] != slug:
            yield slug
        rest.remove(slug)
