"""Lines out of HTML: what a reader sees, how deeply each line is quoted, and what the mail program says about it."""

from __future__ import annotations

import html as html_module
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import unquote

import nh3

from correspondence.inbound.reading.containers import Container, container_of
from correspondence.inbound.reading.heads import is_forwarding
from correspondence.inbound.reading.lines import Line, Place, tidy, written
from correspondence.inbound.reading.plain import MARKS

BLOCKS = {
    *("p", "div", "li", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "blockquote", "center"),
    *("section", "article", "header", "footer", "dl", "dt", "dd", "caption", "address", "aside", "main", "figure", "signature"),
}
APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol", "pre", "dl"}
LISTS = {"ol", "ul"}
CELLS = {"td", "th"}
VOID = {"br", "hr", "img"}
UNREAD = {"script", "style", "title", "template", "noscript"}
KEPT = {*BLOCKS, *CELLS, *VOID, "a", "span", "font"}
ATTRIBUTES = {"*": {"class", "id", "name", "style", "type", "hidden"}, "a": {"href"}, "img": {"src", "alt"}, "font": {"color"}}
MAX_HTML = 300_000
NO_BRACKETS = str.maketrans("[]", "()")  # they would end what stands for a picture
DEEPEST = 1_000  # the sanitiser takes quadratic time over nesting; people's mail stays far below
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
NOT_NESTING = {"br", "img", "hr", "meta", "link", "input", "wbr", "col", "p", "li", "td", "tr", "th", "dd", "dt", "option"}


def to_plain(html: str) -> str:
    """Return the words of an HTML mail; what it quotes begins each line with >."""
    return written(lines_of_html(html))


def lines_of_html(html: str) -> list[Line]:
    """Return the lines of an HTML part."""
    html = html[:MAX_HTML]
    if _is_nested_too_deeply(html):
        words = tidy(html_module.unescape(re.sub(r"<[^<>]*>", " ", html)))
        return [Line(row.strip()) for row in words.split("\n")]
    # The sanitiser goes first, because what it writes is well-formed: the reader would take long over a thousand half tags.
    reader = _Reader()
    schemes = {*nh3.ALLOWED_URL_SCHEMES, "cid"}
    reader.feed(nh3.clean(html, tags=KEPT, clean_content_tags=UNREAD, attributes=ATTRIBUTES, link_rel=None, url_schemes=schemes))
    reader.close()
    return reader.lines()


def _is_nested_too_deeply(html: str) -> bool:
    """Whether more than a thousand elements stand open at once; closing what was never opened does not count."""
    open_now: Counter[str] = Counter()
    total = 0
    for tag in TAG.finditer(html):
        name = tag[2].lower()
        if name in NOT_NESTING:
            continue
        if not tag[1]:
            open_now[name] += 1
            total += 1
        elif open_now[name]:
            open_now[name] -= 1
            total -= 1
        if total > DEEPEST:
            return True
    return False


@dataclass
class _Open:
    """An element that stands open: what it says about its lines, and where they begin."""

    tag: str
    container: Container
    begins: int
    cells: list[int] = field(default_factory=list)  # of a row: how many lines each of its cells has


def _with_marks(line: Line) -> Line:
    """Return a line whose marks of quotation were written as letters as one that is quoted."""
    marks = None if line.depth else MARKS.match(line.text)
    if marks is None:
        return line
    return replace(line, text=line.text[marks.end() :].strip(), depth=marks[1].count(">"), as_written=line.text)


class _Reader(HTMLParser):
    """Gathers the lines of a text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._done: list[Line] = []
        self._line: list[str] = []
        self._pictures: list[str] = []
        self._open: list[_Open] = []
        self._depth = 0
        self._preformatted = 0
        self._hidden = 0
        self._places: list[Place] = [Place.BODY]
        self._colours: list[str] = [""]
        self._colour = ""
        self._link = ""
        self._link_words: list[str] = []
        self._lists: list[int | None] = []  # of each list that stands open, the number of its last line; None where it has none
        self._bullet = ""

    def lines(self) -> list[Line]:
        """Return what was gathered."""
        self._break()
        return [_with_marks(line) for line in self._done]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._end_line(always=True)
        elif tag == "hr":
            self._break()
        elif tag == "img":
            self._picture(told)
        else:
            self._begin(tag, told)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or not self._open:
            return
        opened = self._open.pop()
        if tag == "a":
            self._spell_out()
        elif tag in BLOCKS or tag in CELLS:
            self._break(apart=tag in APART)
        self._leave(opened)

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        self._link_words.append(data)
        if self._preformatted and "\n" in data:
            *whole, data = data.split("\n")
            for row in whole:
                self._line.append(row)
                self._end_line(always=True)
        self._line.append(data)
        if data.strip():
            self._colour = self._colours[-1]

    def _begin(self, tag: str, told: dict[str, str]) -> None:
        if tag in BLOCKS or tag in CELLS:
            self._break(apart=tag in APART)
        if tag == "a":
            self._link, self._link_words = told.get("href", ""), []
        container = container_of(tag, told)
        self._open.append(_Open(tag, container, len(self._done)))
        self._depth += container.quotes
        self._preformatted += container.is_preformatted
        self._hidden += container.is_hidden
        self._places.append(container.place or self._places[-1])
        self._colours.append(container.colour or self._colours[-1])
        self._count(tag)

    def _leave(self, opened: _Open) -> None:
        container = opened.container
        if container.quotes:
            self._end_quote()
        elif container.is_quotation:
            self._mark_quotation(opened.begins)
        self._depth -= container.quotes
        self._preformatted -= container.is_preformatted
        self._hidden -= container.is_hidden
        self._places.pop()
        self._colours.pop()
        if opened.tag in LISTS and self._lists:
            self._lists.pop()
        elif opened.tag in CELLS:
            self._end_cell(opened.begins)
        elif opened.tag == "tr":
            self._end_row(opened)
        if opened.tag in APART:
            self._break(apart=True)

    def _count(self, tag: str) -> None:
        """Give a line of a list its number or its bullet, as its writer saw it."""
        if tag in LISTS:
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            if self._lists and self._lists[-1] is not None:
                self._lists[-1] += 1
            self._bullet = f"{self._lists[-1]}. " if self._lists and self._lists[-1] else "- "

    def _end_quote(self) -> None:
        while self._done and self._done[-1].depth == self._depth and not self._done[-1].text:
            self._done.pop()

    def _mark_quotation(self, begins: int) -> None:
        """Mark what stands in a container of quotations as quoted, unless what is quoted in it is marked already, or it is forwarded."""
        inside = self._done[begins:]
        first = next((at for at, line in enumerate(inside) if line.text), 0)
        if all(line.depth <= self._depth for line in inside) and not (inside and is_forwarding(inside, first)):
            self._done[begins:] = [replace(line, depth=line.depth + 1) for line in inside]

    def _end_cell(self, begins: int) -> None:
        row = next((one for one in reversed(self._open[-3:]) if one.tag == "tr"), None)
        if row is not None:
            row.cells.append(sum(1 for line in self._done[begins:] if line.text))

    def _end_row(self, row: _Open) -> None:
        """Write the cells of a row in one line, where each of them has no more than one."""
        lines = [line for line in self._done[row.begins :] if line.text]
        if len(lines) > 1 and len(row.cells) > 1 and max(row.cells) == 1:
            pictures = tuple(picture for line in lines for picture in line.pictures)
            self._done[row.begins :] = [replace(lines[0], text="\t".join(line.text for line in lines), pictures=pictures)]

    def _picture(self, told: dict[str, str]) -> None:
        """Leave a word where a picture stands that came with the mail."""
        kind, _colon, name = told.get("src", "").partition(":")
        if kind.lower() == "cid" and name and not self._hidden:
            self._pictures.append(unquote(name).strip("<> "))
            said = " ".join((told.get("alt") or name.partition("@")[0]).translate(NO_BRACKETS).split())
            self._line.append(f"[image: {said}]")

    def _spell_out(self) -> None:
        """Write the address of a link behind its words, where it is not what they say."""
        words = "".join(self._link_words).strip()
        if self._link.startswith(("http://", "https://")) and words.rstrip("/") not in self._link:
            self._line.append(f" ({self._link})")
        self._link, self._link_words = "", []

    def _break(self, *, apart: bool = False) -> None:
        """End the line that is being written, and leave a blank one below where blocks stand apart."""
        self._end_line(always=False)
        if apart and self._done and self._done[-1].text:
            self._done.append(Line("", self._depth))

    def _end_line(self, *, always: bool) -> None:
        """Take down the line that is being written. Without `always` an empty one is none."""
        words = self._taken()
        if words or always:
            pictures, self._pictures = tuple(self._pictures), []
            self._done.append(Line(words, self._depth, self._places[-1], pictures=pictures, colour=self._colour))
            self._colour = ""

    def _taken(self) -> str:
        whole, self._line = "".join(self._line), []
        whole = whole.replace("\u200b", "").replace("\ufeff", "")
        words = whole.rstrip() if self._preformatted else " ".join(whole.split())
        if words:
            words, self._bullet = self._bullet + words, ""
        return words
