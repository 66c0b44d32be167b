"""Footnotes: `[^name]` in a text, and a paragraph of its own, `[^name]: words`, that says them.

Everything here is pure and takes text as `richtext.clean` keeps it. The notes of a text are numbered in the order in which they are first
referred to; each reference leads to its note and each note back to its references, by ids alone. `prefix` keeps the ids of several texts
on one page apart, `start` numbers them on. A marker without its note stays as it was written, and a note that nothing refers to is listed
last: nothing goes missing. `problems` names both, for the one who writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import richtext

MARKER = re.compile(r"\[\^([^\s\[\]^]{1,40})\]")
NOTE = re.compile(r"\s*\[\^([^\s\[\]^]{1,40})\]:\s*")
BROKEN = re.compile(r"\[\s*\^[^\n\]]{0,40}\]?")
AROUND = 60  # characters of a paragraph by which a person recognises it


@dataclass(frozen=True)
class Note:
    """A note as a reader gets it: its number, its words (without the block around them), and the ids that lead to it and back."""

    number: int
    name: str
    id: str
    words: SafeString
    references: tuple[str, ...]


@dataclass(frozen=True)
class Noted:
    """A text whose markers lead to its notes. The next text goes on with `next_number` when several are numbered as one."""

    body: SafeString
    notes: tuple[Note, ...]
    next_number: int = 1


@dataclass(frozen=True)
class Problem:
    """What is wrong with a footnote, and where: `paragraph` counts from 1, `around` is how that paragraph begins."""

    kind: str
    name: str
    paragraph: int
    around: str

    def __str__(self) -> str:
        sentence = {
            "no note": _("%(marker)s has no note: add a paragraph of its own that begins with “%(marker)s:”."),
            "no marker": _("Nothing refers to the note %(marker)s: put %(marker)s where it belongs."),
            "twice": _("There are two notes %(marker)s: give one of them another name."),
            "empty": _("The note %(marker)s has no words."),
            "broken": _("%(marker)s is no footnote: write it as [^1], without blanks."),
        }[self.kind] % {"marker": self.name}
        place = _("Paragraph %(number)s (“%(around)s”)") % {"number": self.paragraph, "around": self.around}
        return f"{place}: {sentence}"


def noted(html: str, *, prefix: str = "", start: int = 1, page: str = "") -> Noted:
    """Return the text with each marker as a link to its note, and its notes in order.

    A link is `<sup class="footnote-ref"><a href="#…" id="…" data-note="number" role="doc-noteref">`. Links lead to `page` where one is
    given: the absolute address of the public page, for feeds.
    """
    source = _Source(html)
    counted = _Counter(source, prefix, start, page)
    body = counted.linked(source.body)
    notes = tuple(counted.notes())
    return Noted(mark_safe(body), notes, start + len(notes))  # noqa: S308  the sanitiser's output and our own links


def notes_list(
    notes: tuple[Note, ...] | list[Note], *, page: str = "", heading: str = "h2", prefix: str = "", text: str = ""
) -> SafeString:
    """Return the list of notes that stands below a text; nothing where there are none. `text` names it where a page has several."""
    if not notes:
        return SafeString("")
    items = format_html_join(
        "", '<li id="{}" value="{}">{} {}</li>', ((n.id, n.number, n.words, _ways_back(n, page)) for n in notes)
    )
    named = f"notes-{prefix}title"
    title = _("Notes on “%(text)s”") % {"text": text} if text else _("Notes")
    return format_html(
        '<section class="footnotes" role="doc-endnotes" aria-labelledby="{}"><{} id="{}">{}</{}><ol>{}</ol></section>',
        *(named, mark_safe(heading), named, title, mark_safe(heading), items),  # noqa: S308  ours: "h2", "h3"
    )


def web(html: str, *, prefix: str = "", start: int = 1, text: str = "") -> SafeString:
    """Return a text for a page, and for print: with its notes below it, named by `text` where a page has several."""
    found = noted(html, prefix=prefix, start=start)
    return SafeString(found.body + notes_list(found.notes, prefix=prefix, text=text))


def feed(html: str, page: str, *, prefix: str = "", start: int = 1) -> SafeString:
    """Return a text for a feed: its links lead to the notes on `page`, since a reader of feeds may rewrite or drop ids."""
    text = noted(html, prefix=prefix, start=start, page=page)
    return SafeString(text.body + notes_list(text.notes, page=page, prefix=prefix))


def plain(html: str, *, start: int = 1) -> str:
    """Return a text for a mail: `[1]` where a note is referred to, and the notes at its end."""
    text = noted(html, start=start)
    soup = BeautifulSoup(text.body, "html.parser")
    parts = [richtext.to_plain(str(_numbers_only(soup)))]
    for note in text.notes:
        words = _numbers_only(BeautifulSoup(note.words, "html.parser"))
        parts.append(f"[{note.number}] {richtext.to_plain(f'<p>{words}</p>')}")
    return "\n\n".join(part for part in parts if part)


def without(html: str) -> str:
    """Return the text without its markers and notes: for excerpts, descriptions and lists of contents."""
    soup = _Source(html).body
    for text, _marker in _markers(soup):
        text.replace_with(NavigableString(MARKER.sub("", str(text))))
    return soup.decode(formatter="minimal")


def problems(html: str) -> list[Problem]:
    """Return what is wrong with the footnotes of a text, from its beginning to its end."""
    source = _Source(html)
    found = [*_lost_markers(source), *_bad_notes(source)]
    return sorted(dict.fromkeys(found), key=lambda problem: (problem.paragraph, problem.kind))


class _Source:
    """A text taken apart: `body` without its notes, and the paragraphs of the notes by their names, the first of each."""

    def __init__(self, html: str) -> None:
        self.body = BeautifulSoup(richtext.sanitised(html), "html.parser")
        _part_at_breaks(self.body)
        self.paragraphs = list(self.body.find_all(True, recursive=False))
        self.said: list[tuple[str, int, Tag]] = []
        for place, tag in enumerate(self.paragraphs, start=1):
            told = NOTE.match(tag.get_text()) if tag.name == "p" else None
            if told:
                self.said.append((told[1], place, tag.extract()))
        self.around = {place: Truncator(" ".join(tag.get_text(" ").split())).chars(AROUND) for place, tag in self._places()}
        for _name, _place, tag in self.said:
            _cut_name(tag)
        self.notes = {name: tag for name, _place, tag in reversed(self.said)}

    def _places(self) -> Iterator[tuple[int, Tag]]:
        return enumerate(self.paragraphs, start=1)

    @cached_property
    def referred(self) -> list[tuple[str, int]]:
        """The names in the text and in the notes, each with the paragraph in which it stands."""
        return [(name, place) for place, tag in self._places() for text, _m in _markers(tag) for name in MARKER.findall(text)]


class _Counter:
    """Gives the notes of one text their numbers, in the order in which a reader meets them."""

    def __init__(self, source: _Source, prefix: str, start: int, page: str) -> None:
        self.source, self.prefix, self.start, self.page = source, prefix, start, page
        self.numbers: dict[str, int] = {}
        self.order: list[str] = []  # the names of `numbers`: it grows while one walks through it
        self.references: dict[str, list[str]] = {}
        self.soup = source.body

    def linked(self, tag: Tag) -> str:
        for text, marker_in in _markers(tag):
            if marker_in is None:
                self._put(text)
            else:  # a link within a link is none: the markers follow the link
                self._put_after(text, marker_in)
        return tag.decode_contents(formatter="minimal")

    def notes(self) -> Iterator[Note]:
        """In order; what a note refers to comes after it, and what nothing refers to last of all."""
        words: dict[str, str] = {}
        left, place = iter(self.source.notes), 0
        while (name := self.order[place] if place < len(self.order) else next(left, None)) is not None:
            place += place < len(self.order)
            if name not in words:
                self._number(name)
                words[name] = self.linked(self.source.notes[name])
        for name, number in self.numbers.items():
            told = mark_safe(words[name].strip())  # noqa: S308  the sanitiser's output and our own links
            yield Note(number, name, self._id(name), told, tuple(self.references.get(name, ())))

    def _put(self, text: NavigableString) -> None:
        pieces, end = [], 0
        for found in MARKER.finditer(text):
            if found[1] in self.source.notes:
                pieces += [NavigableString(text[end : found.start()]), self._link(found[1])]
                end = found.end()
        text.replace_with(*pieces, NavigableString(text[end:]))

    def _put_after(self, text: NavigableString, link: Tag) -> None:
        names = [name for name in MARKER.findall(text) if name in self.source.notes]
        for name in reversed(names):
            link.insert_after(self._link(name))
        kept = MARKER.sub(lambda found: "" if found[1] in names else found[0], text)
        text.replace_with(NavigableString(kept))

    def _link(self, name: str) -> Tag:
        number = self._number(name)
        ids = self.references.setdefault(name, [])
        ids.append(f"ref-{self.prefix}{number}" + (f"-{len(ids) + 1}" if ids else ""))
        sup = self.soup.new_tag("sup", attrs={"class": "footnote-ref"})
        attrs = {"href": f"{self.page}#{self._id(name)}", "id": ids[-1], "role": "doc-noteref", "data-note": str(number)}
        link = self.soup.new_tag("a", attrs=attrs | {"aria-label": _("Note %(number)s") % {"number": number}})
        link.string = str(number)
        sup.append(link)
        return sup

    def _number(self, name: str) -> int:
        if name not in self.numbers:
            self.numbers[name] = self.start + len(self.numbers)
            self.order.append(name)
        return self.numbers[name]

    def _id(self, name: str) -> str:
        return f"note-{self.prefix}{self.numbers[name]}"


def _markers(tag: Tag) -> list[tuple[NavigableString, Tag | None]]:
    """The texts within `tag` that hold a marker, each with the link in which it stands; what is code is no marker."""
    texts = [text for text in tag.find_all(string=MARKER) if text.find_parent("code") is None]
    return [(text, text.find_parent("a")) for text in texts]


def _part_at_breaks(soup: BeautifulSoup) -> None:
    """Notes typed line below line, without an empty one between them, are paragraphs of their own."""
    for br in reversed(soup.find_all("br")):  # from the end, so that each line is moved once
        paragraph = br.parent
        if paragraph is None or paragraph.name != "p" or paragraph.parent is not soup:
            continue
        if NOTE.match(_line_after(br)):
            own = soup.new_tag("p")
            paragraph.insert_after(own)
            own.extend([node.extract() for node in list(br.next_siblings)])
            br.decompose()


def _line_after(br: Tag) -> str:
    line = takewhile(lambda node: getattr(node, "name", None) != "br", br.next_siblings)
    return "".join(node.get_text() for node in line)


def _cut_name(paragraph: Tag) -> None:
    """Take `[^name]:` from the front of a note, which may stand in several pieces of text (a bold one, a plain one)."""
    told = NOTE.match(paragraph.get_text())
    left = len(told[0]) if told else 0
    for text in list(paragraph.find_all(string=True)):
        cut = min(left, len(text))
        left -= cut
        text.replace_with(NavigableString(text[cut:]))


def _lost_markers(source: _Source) -> Iterator[Problem]:
    for name, place in source.referred:
        if name not in source.notes:
            yield Problem("no note", f"[^{name}]", place, source.around[place])
    for place, tag in source._places():
        for text in tag.find_all(string=re.compile(r"\[\s*\^")):
            if text.find_parent("code") is None:
                rest = MARKER.sub("", text)
                yield from (Problem("broken", found, place, source.around[place]) for found in BROKEN.findall(rest))


def _bad_notes(source: _Source) -> Iterator[Problem]:
    referred, seen = {name for name, _place in source.referred}, set()
    for name, place, tag in source.said:
        marker, around = f"[^{name}]", source.around[place]
        if name in seen:
            yield Problem("twice", marker, place, around)
        elif name not in referred:
            yield Problem("no marker", marker, place, around)
        if not tag.get_text(strip=True):
            yield Problem("empty", marker, place, around)
        seen.add(name)


def _ways_back(note: Note, page: str) -> SafeString:
    """One way back for each reference; a note that nothing refers to has none."""
    count = len(note.references)
    label = ngettext("Back to where note %(number)s stands", "Back to place %(place)s of note %(number)s", count)
    rows = [
        (page, ref, label % {"number": note.number, "place": place}, "↩" if count == 1 else f"↩{place}")
        for place, ref in enumerate(note.references, start=1)
    ]
    return format_html_join(" ", '<a href="{}#{}" role="doc-backlink" aria-label="{}">{}</a>', rows)


def _numbers_only(soup: BeautifulSoup) -> BeautifulSoup:
    for sup in soup.find_all("sup", class_="footnote-ref"):
        sup.replace_with(f"[{sup.get_text()}]")
    soup.smooth()
    return soup
