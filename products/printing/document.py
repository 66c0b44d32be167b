"""What an edition is in print, as plain data: the typesetter gets nothing else, and no text of a person is ever read as its code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from foundation import footnotes
from foundation.models import Community
from products.models import Credit, Edition
from products.pages.citing import address_of, citation
from products.pages.story import story_of

Node = dict[str, Any]
INLINE = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "s": "struck", "code": "code"}
BLOCKS = {
    "p": "paragraph",
    "h2": "heading",
    "h3": "subheading",
    "blockquote": "quote",
    "ul": "bullets",
    "ol": "numbers",
    "hr": "rule",
}


def document_of(edition: Edition) -> Node:
    """Return an edition as a visitor may read it now: its words, who agreed to be named, and where it is found."""
    community = Community.current()
    product = edition.product
    credits_ = list(Credit.objects.named().filter(product=product).order_by("role", "position", "pk"))
    authors = [one for one in credits_ if one.role == Credit.Role.AUTHOR]
    parts, notes = _parts(edition)
    printed = _first_references(parts)
    return {
        "title": edition.title,
        "subtitle": edition.subtitle,
        "kind": str(product.get_kind_display()).capitalize(),
        "community": community.name,
        "accent": community.accent,
        "lang": settings.LANGUAGE_CODE.split("-")[0],
        "authors": [one.name for one in authors],
        "edition": _("Edition %(label)s, %(day)s") % {"label": edition.label, "day": _day(edition)},
        "address": address_of(edition),
        "summary": _paragraphs(edition.summary),
        "objectives": _paragraphs(edition.objectives),
        "changes": _paragraphs(edition.changes) if edition.number > 1 else [],
        "notice": _notice(edition),
        "parts": parts,
        "notes": notes,
        "loose": [number for number in notes if number not in printed],
        "cards": [_card(one) for one in authors],
        "thanks": [one.name for one in credits_ if one.role != Credit.Role.AUTHOR],
        "licence": str(edition.get_licence_display()) if edition.licence else "",
        "cite": citation(edition, [one.name for one in authors], community.name),
        "story": _story(edition),
        "words": {
            "contents": _("Contents"),
            "summary": _("In short"),
            "objectives": _("What you will be able to do"),
            "changes": _("What changed in this edition"),
            "about": _("About this edition"),
            "authors": _("Authors"),
            "thanks": _("With thanks to"),
            "cite": _("Cite as"),
            "licence": _("Licence"),
            "reviewers": _("Reviewed by"),
            "story": _("How this was made"),
            "found": _("Where it is found"),
            "notes": _("Further notes"),
        },
    }


def _day(edition: Edition) -> str:
    return formats.date_format(timezone.localtime(edition.published_at or timezone.now()), "j F Y")


def _notice(edition: Edition) -> str:
    if edition.status != Edition.Status.RETIRED:
        return ""
    return _("This edition has been retired: %(why)s") % {"why": edition.retired_because}


def _card(credit: Credit) -> Node:
    return {"name": credit.name, "title": credit.title, "tagline": credit.tagline}


def _story(edition: Edition) -> Node:
    """What a visitor reads of how it was made: days, and those who said that they may be named."""
    story = story_of(edition, AnonymousUser())
    days = [f"{formats.date_format(timezone.localtime(step.at), 'j F Y')}: {step.text}" for step in story.steps]
    return {"days": days, "reviewers": [one.name for one in story.reviewers]}


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.replace("\r", "").split("\n\n") if part.strip()]


def _parts(edition: Edition) -> tuple[list[Node], Node]:
    """The parts, and the words of all notes by their numbers, which run through the whole."""
    parts: list[Node] = []
    notes: Node = {}
    start = 1
    for part in edition.parts.order_by("position", "pk"):
        text = footnotes.noted(part.body, prefix=f"{part.slug}-", start=start)
        start = text.next_number
        notes |= {str(note.number): list(_inline(_soup(note.words))) for note in text.notes}
        parts.append({"title": part.title, "blocks": list(_blocks(_soup(text.body)))})
    return [part for part in parts if part["blocks"]], notes


def _first_references(parts: list[Node]) -> set[str]:
    """Mark where each note is referred to first, and return the numbers of those that are: the others stand at the end of the text."""
    known: set[str] = set()
    for node in _nodes(parts):
        if node.get("is") == "note":
            node["first"] = node["number"] not in known
            known.add(node["number"])
    return known


def _nodes(within: Any) -> Iterator[Node]:
    """Every node of a tree, in the order in which it is read."""
    if isinstance(within, dict):
        yield within
        within = list(within.values())
    if isinstance(within, list):
        for one in within:
            yield from _nodes(one)


def _soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def _blocks(parent: Tag) -> Iterator[Node]:
    for child in parent.children:
        if isinstance(child, NavigableString):
            if child.strip():
                yield {"is": "paragraph", "of": [_words(child)]}
        elif isinstance(child, Tag):
            yield _block(child)


def _block(tag: Tag) -> Node:
    kind = BLOCKS.get(tag.name, "paragraph")
    if kind in {"bullets", "numbers"}:
        start = str(tag.get("start", ""))
        items = [_of(item) for item in tag.find_all("li", recursive=False)]
        return {"is": kind, "items": items, "start": int(start) if start.isdecimal() else 1}
    if kind == "quote":
        return {"is": kind, "blocks": _of(tag)}
    return {"is": kind, "of": list(_inline(tag))}


def _of(tag: Tag) -> list[Node]:
    """What stands in an item or a quotation: its blocks, or a single paragraph of bare words."""
    return list(_blocks(tag)) if tag.find(list(BLOCKS)) else [{"is": "paragraph", "of": list(_inline(tag))}]


def _inline(parent: Tag) -> Iterator[Node]:
    for child in parent.children:
        if isinstance(child, NavigableString):
            yield _words(child)
        elif isinstance(child, Tag):
            yield from _run(child)


def _words(text: str) -> Node:
    return {"is": "words", "words": str(text)}


def _run(tag: Tag) -> Iterator[Node]:
    marker = tag.select_one("[data-note]") if tag.name == "sup" else None
    if marker is not None:
        yield {"is": "note", "number": str(marker["data-note"])}
    elif tag.name == "br":
        yield {"is": "break"}
    elif tag.name == "a":
        yield {"is": "link", "to": _address(str(tag.get("href", ""))), "of": list(_inline(tag))}
    elif tag.name in INLINE:
        yield {"is": INLINE[tag.name], "of": list(_inline(tag))}
    else:
        yield from _inline(tag)


def _address(href: str) -> str:
    return settings.SITE_URL + href if href.startswith("/") and not href.startswith("//") else href
