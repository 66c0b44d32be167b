"""The text of a round as its reviewers read it: each passage with a way to comment on it, and the comments where they belong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from foundation import footnotes
from foundation.blocks import BLOCK_ID, BLOCKS
from products.models import EditionRevision, ReviewRound

TEXTS = ("title", "subtitle", "summary", "objectives", "changes", "link")


@dataclass(frozen=True)
class Part:
    """One part of a text as HTML with its notes."""

    slug: str
    title: str
    body: SafeString


@dataclass(frozen=True)
class Remark:
    """A comment as a reader gets it: on which passage, whose, what; with the addresses to change it where it is theirs to change."""

    pk: int
    part: str
    block: str
    quoted: str
    words: str
    name: str = ""
    change: str = ""
    withdraw: str = ""
    answer: Any = None


Here = Callable[[str, str], str]  # part and block -> what stands below that passage, as HTML


def content_of(opened: ReviewRound) -> dict[str, Any]:
    """Return what the edition said when the round began, whatever it says now."""
    rows = EditionRevision.objects.filter(edition=opened.edition_id, number=opened.revision)  # unscoped: the caller reads the round
    found: dict[str, Any] = rows.get().content
    return found


def html_of(content: dict[str, Any]) -> list[tuple[str, str]]:
    """The parts of a content as pairs of slug and HTML."""
    return [(part["slug"], part["body"]) for part in content["parts"]]


def parts_of(content: dict[str, Any], here: Here | None = None) -> list[Part]:
    """The parts of a content for a page; `here` says what stands below each passage."""
    shown, start = [], 1
    several = len(content["parts"]) > 1
    for part in content["parts"]:
        noted = footnotes.noted(part["body"], prefix=part["slug"], start=start)
        start = noted.next_number
        body = _marked(noted.body, part["slug"], here) if here else noted.body
        title = part["title"] or (part["slug"].replace("-", " ").capitalize() if several else "")
        notes = footnotes.notes_list(noted.notes, prefix=part["slug"], heading="h3" if several else "h2", text=title)
        shown.append(Part(part["slug"], title, SafeString(body + notes)))
    return shown


def _marked(html: str, part: str, here: Here) -> SafeString:
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(BLOCKS):
        block = str(tag.get("id", ""))
        if BLOCK_ID.fullmatch(block) and tag.find(BLOCKS) is None and (below := here(part, block)):
            _put_below(tag, BeautifulSoup(below, "html.parser"))
    return mark_safe(soup.decode(formatter="minimal"))  # noqa: S308  the sanitiser's output and our own templates


def _put_below(tag: Tag, below: BeautifulSoup) -> None:
    """Below a paragraph; of a list, within its item."""
    if tag.name == "li":
        tag.append(below)
    else:
        tag.insert_after(below)


def remarks_below(
    remarks: Iterable[Remark], *, address: str = "", on: str = "", form: Any = None, comment: str = "", token: str = ""
) -> Here:
    """Return what stands below each passage: its comments, and the link to say something; of `on` ("part.block") the form itself.

    Without an `address` nothing can be added.
    """
    at: dict[tuple[str, str], list[Remark]] = {}
    for one in remarks:
        at.setdefault((one.part, one.block), []).append(one)

    def here(part: str, block: str) -> str:
        place = f"{part}.{block}"
        said = {"remarks": at.get((part, block), []), "address": address, "place": place, "csrf_token": token}
        if place == on:
            said |= {"form": form, "comment": comment}
        if not said["remarks"] and not address:
            return ""
        return render_to_string("products/reviewing/_below.html", said)

    return here


def without_passage(remarks: Sequence[Remark], content: dict[str, Any]) -> list[Remark]:
    """Those that are about the whole, or whose passage is not in this text."""
    bodies = dict(html_of(content))
    return [one for one in remarks if not one.block or f'id="{one.block}"' not in bodies.get(one.part, "")]
