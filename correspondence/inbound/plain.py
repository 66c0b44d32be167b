"""Words out of whatever a mail program sent: HTML to text, and text without what the database cannot hold."""

from __future__ import annotations

import re

import nh3
from bs4 import BeautifulSoup

BLOCKS = {"p", "div", "br", "li", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr"}
MAX_HTML = 400_000
KEPT = {*BLOCKS, "a", "b", "strong", "i", "em", "span"}


def tidy(text: str) -> str:
    """Return text with plain line ends, no control characters, no half characters and at most one blank line in a row."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c]", "\n", text)
    text = re.sub(r"[\x00-\x08\x0e-\x1f\x7f\u200b\ufeff]", "", text).replace("\xa0", " ")
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def to_plain(html: str) -> str:
    """Return the words of an HTML mail; what it quotes begins each line with >."""
    clean = nh3.clean(html[:MAX_HTML], tags=KEPT, clean_content_tags={"script", "style", "title"}, attributes={"a": {"href"}})
    soup = BeautifulSoup(clean, "html.parser")
    for link in soup.find_all("a"):
        _spell_out(link)
    for quote in reversed(soup.find_all("blockquote")):
        quote.replace_with(_quoted(_lines(quote)))
    return tidy(_lines(soup))


def _lines(node: object) -> str:
    for block in node.find_all(BLOCKS):  # type: ignore[attr-defined]
        block.insert_before("\n")
        block.insert_after("\n" if block.name == "br" else "\n\n" if block.name == "p" else "\n")
        if block.name == "br":
            block.replace_with("")
    return re.sub(r"\n{3,}", "\n\n", node.get_text())  # type: ignore[attr-defined]


def _quoted(text: str) -> str:
    return "\n" + "\n".join(f"> {line}" for line in text.strip("\n").split("\n")) + "\n"


def _spell_out(link: object) -> None:
    target, words = link.get("href", ""), link.get_text().strip()  # type: ignore[attr-defined]
    if target.startswith(("http://", "https://")) and target.rstrip("/") not in {words.rstrip("/"), f"https://{words}"}:
        link.append(f" ({target})")  # type: ignore[attr-defined]
