"""Words out of whatever a mail program sent: HTML to text, and text without what the database cannot hold."""

from __future__ import annotations

import html as html_module
import re
from collections import Counter
from html.parser import HTMLParser

import nh3

BLOCKS = {"p", "div", "li", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "blockquote"}
APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol", "pre"}
LISTS = {"ol", "ul"}
UNREAD = {"script", "style", "title", "template", "noscript"}
KEPT = {*BLOCKS, "a", "br"}
MAX_HTML = 200_000
MAX_QUOTES = 10
DEEPEST = 1_000  # the sanitiser takes quadratic time over nesting; people's mail stays far below
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
NOT_NESTING = {"br", "img", "hr", "meta", "link", "input", "wbr", "col", "p", "li", "td", "tr", "th", "dd", "dt", "option"}


def tidy(text: str) -> str:
    """Return text with plain line ends, no control characters, no half characters and at most one blank line in a row."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c]", "\n", text)
    text = re.sub(r"[\x00-\x08\x0e-\x1f\x7f\u200b\ufeff]", "", text).replace("\xa0", " ")
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def to_plain(html: str) -> str:
    """Return the words of an HTML mail; what it quotes begins each line with >."""
    html = html[:MAX_HTML]
    if _is_nested_too_deeply(html):
        return tidy(html_module.unescape(re.sub(r"<[^<>]*>", " ", html)))
    # The sanitiser goes first, because what it writes is well-formed: the reader would take long over a thousand half tags.
    reader = _Words()
    reader.feed(nh3.clean(html, tags=KEPT, clean_content_tags=UNREAD, attributes={"a": {"href"}}, link_rel=None))
    reader.close()
    return tidy("\n".join(reader.lines()))


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


class _Words(HTMLParser):
    """Gathers the lines of a text, each with how deeply it is quoted."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._done: list[tuple[int, str]] = []
        self._line: list[str] = []
        self._quotes = 0
        self._link = ""
        self._link_words: list[str] = []
        self._lists: list[int | None] = []  # of each list that stands open, the number of its last line; None where it has none
        self._number = ""

    def lines(self) -> list[str]:
        self._break()
        return [f"{'> ' * min(depth, MAX_QUOTES)}{line}" for depth, line in self._done]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._link, self._link_words = dict(attrs).get("href") or "", []
        elif tag == "br":
            self._done.append((self._quotes, self._taken()))
        elif tag in BLOCKS:
            self._break(apart=tag in APART)
            self._quotes += tag == "blockquote"
            self._count(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._spell_out()
        elif tag in BLOCKS:
            self._break()
            if tag in LISTS and self._lists:
                self._lists.pop()
            if tag == "blockquote":
                self._end_quote()
            if tag in APART:
                self._break(apart=True)

    def handle_data(self, data: str) -> None:
        self._line.append(data)
        self._link_words.append(data)

    def _count(self, tag: str) -> None:
        """Give a line of a numbered list its number, as its writer saw it."""
        if tag in LISTS:
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li" and self._lists and self._lists[-1] is not None:
            self._lists[-1] += 1
            self._number = f"{self._lists[-1]}. "

    def _end_quote(self) -> None:
        while self._done and self._done[-1] == (self._quotes, ""):
            self._done.pop()
        self._quotes = max(0, self._quotes - 1)

    def _spell_out(self) -> None:
        """Write the address of a link behind its words, where it is not what they say."""
        words = "".join(self._link_words).strip()
        if self._link.startswith(("http://", "https://")) and words.rstrip("/") not in self._link:
            self._line.append(f" ({self._link})")
        self._link, self._link_words = "", []

    def _break(self, *, apart: bool = False) -> None:
        """End the line that is being written, and leave a blank one below where blocks stand apart."""
        if words := self._taken():
            self._done.append((self._quotes, words))
        if apart and self._done and self._done[-1][1]:
            self._done.append((self._quotes, ""))

    def _taken(self) -> str:
        words = " ".join("".join(self._line).split())
        self._line = []
        if words:
            words, self._number = self._number + words, ""
        return words
