"""Rich text: what may be in it is said once, to the editor and to the sanitiser alike.

`clean` when it is written, `safe` when it is shown, `to_plain` for mail and search, `from_plain` for what was typed without the editor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import nh3
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from django.utils.html import escape, urlize
from django.utils.safestring import SafeString, mark_safe
from django_prose_editor.config import allowlist_from_extensions

from foundation.blocks import BLOCK_ID, BLOCKS, give_ids
from foundation.pasted import tidied

# The editor's configuration, from which the sanitiser's allow-list is derived. There is no image: nothing is loaded from elsewhere.
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Code": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "History": True,
}
LINK_REL = "noopener nofollow ugc"
DEEPEST = 12  # deeper nesting is no text that anybody wrote
BULLET, NUMBER, QUOTE, HEADING = (
    re.compile(r"[-*•]\s+"),
    re.compile(r"\d{1,3}[.)]\s+"),
    re.compile(r">\s?"),
    re.compile(r"#{1,3}\s+"),
)
INLINE = {"strong", "em", "s", "code", "a", "br"}


@cache
def cleaner() -> nh3.Cleaner:
    """Return the sanitiser: the editor's own tags, with the ids that the server gave to blocks, and links that are safe to follow."""
    allowed = allowlist_from_extensions(EXTENSIONS)
    attributes = {tag: set(names) - {"rel", "target", "title", "data-type", "type"} for tag, names in allowed["attributes"].items()}
    attributes["*"] = set()  # nh3 would let `title` and `lang` pass everywhere
    for tag in BLOCKS:
        attributes.setdefault(tag, set()).add("id")
    return nh3.Cleaner(
        tags=allowed["tags"],
        attributes=attributes,
        attribute_filter=_filtered,
        url_schemes=set(EXTENSIONS["Link"]["protocols"]),  # type: ignore[index]
        link_rel=LINK_REL,
        strip_comments=True,
    )


def _filtered(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "id":
        return value if BLOCK_ID.fullmatch(value) else None
    if attribute == "start":
        return value if value.isdecimal() and len(value) < 5 else None
    return value


def clean(html: str, previous: str = "") -> str:
    """Return `html` as it may be kept: sanitised, each block with an id, which it keeps from `previous` when its text is the same or alike."""
    soup = _soup(tidied(html))
    for inline in soup.find_all(INLINE):
        if inline.find(BLOCKS):
            inline.unwrap()  # the next parser would take a link around paragraphs apart in another way
    _wrap_loose_text(soup)
    for block in soup.find_all(BLOCKS):
        if not block.decomposed and not block.get_text(strip=True):
            block.decompose()
    if not soup.get_text(strip=True):
        return ""
    give_ids(soup, _soup(previous) if previous else BeautifulSoup("", "html.parser"))
    return sanitised(soup.decode(formatter="minimal"))


def sanitised(html: str) -> str:
    """Return `html` without what is not allowed, and otherwise as it is."""
    return str(cleaner().clean(html))


def safe(html: str) -> SafeString:
    """Return `html` for a page: sanitised again, whatever is in the database."""
    return mark_safe(sanitised(html))  # noqa: S308  the sanitiser's output


def to_plain(html: str) -> str:
    """Return the text alone, as a mail or the search index wants it: blocks apart, list marks, links with their address."""
    return "\n\n".join(_blocks_as_text(_soup(html), heading="")).strip()


def as_typed(html: str) -> str:
    """Return what somebody without the editor gets to edit: `from_plain` makes the same blocks of it again."""
    return "\n\n".join(_blocks_as_text(_soup(html), heading="## ")).strip()


def from_plain(text: str, previous: str = "") -> str:
    """Return typed text as rich text: paragraphs, lists, quotes, headings and links; blocks left as they were keep their formatting."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = {
        "\n\n".join(_blocks_as_text([child], heading="## ")): str(child)
        for child in _soup(previous).find_all(True, recursive=False)
    }
    parts = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
    return clean("".join(kept.get(part) or _block_from(part) for part in parts), previous)


def _soup(html: str) -> BeautifulSoup:
    """Parse after sanitising; what is nested too deeply becomes its bare text."""
    soup = BeautifulSoup(sanitised(html), "html.parser")
    depth = {id(soup): 0}
    for tag in soup.find_all(True):
        depth[id(tag)] = depth[id(tag.parent)] + 1
    if max(depth.values()) > DEEPEST:
        return BeautifulSoup(f"<p>{escape(' '.join(soup.stripped_strings))}</p>", "html.parser")
    return soup


def _wrap_loose_text(soup: BeautifulSoup) -> None:
    """Put text and inline elements that stand between blocks into paragraphs of their own."""
    paragraph: Tag | None = None
    for child in list(soup.contents):
        loose = isinstance(child, NavigableString) or (isinstance(child, Tag) and child.name in INLINE)
        if not loose:
            paragraph = None
            continue
        if paragraph is None:
            if not child.get_text(strip=True):
                continue
            paragraph = soup.new_tag("p")
            child.insert_before(paragraph)
        paragraph.append(child.extract())


def _block_from(part: str) -> str:
    lines = part.split("\n")
    for mark, tag, item in ((BULLET, "ul", "li"), (NUMBER, "ol", "li"), (QUOTE, "blockquote", "p")):
        if all(mark.match(line) for line in lines):
            inner = "".join(f"<{item}>{_inline(mark.sub('', line, count=1))}</{item}>" for line in lines)
            return f"<{tag}{_start_of(part) if tag == 'ol' else ''}>{inner}</{tag}>"
    if len(lines) == 1 and HEADING.match(part):
        return f"<h2>{_inline(HEADING.sub('', part, count=1))}</h2>"
    return "<hr>" if part.strip() == "---" else f"<p>{'<br>'.join(_inline(line) for line in lines)}</p>"


def _start_of(part: str) -> str:
    """The number with which a typed list begins: what is numbered 3 stays the third, whatever stands before it."""
    first = int(re.split(r"\D", part, maxsplit=1)[0])
    return f' start="{first}"' if first > 1 else ""


def _inline(line: str) -> str:
    return str(urlize(line, nofollow=False, autoescape=True))


def _blocks_as_text(parent: Tag | list[Tag], heading: str) -> Iterator[str]:
    """Each child of `parent` as text. The tree is shallow: `_soup` saw to that."""
    for child in parent.children if isinstance(parent, Tag) else parent:
        if not isinstance(child, Tag):
            if child.get_text(strip=True):
                yield child.get_text(strip=True)
        elif child.name in {"ul", "ol"}:
            yield "\n".join(_items(child))
        elif child.name == "blockquote":
            inner = "\n".join(_blocks_as_text(child, heading=""))
            yield "\n".join(f"> {line}" for line in inner.split("\n"))
        elif child.name == "hr":
            yield "---"
        else:
            yield (heading if child.name in {"h2", "h3"} else "") + _inline_text(child)


def _items(ordered: Tag) -> Iterator[str]:
    first = str(ordered.get("start", ""))
    for number, item in enumerate(ordered.find_all("li", recursive=False), start=int(first) if first.isdecimal() else 1):
        inner = "\n".join(_blocks_as_text(item, heading="")) if item.find(BLOCKS) else _inline_text(item)
        mark = f"{number}. " if ordered.name == "ol" else "- "
        yield mark + inner.replace("\n", "\n  ")


def _inline_text(block: Tag) -> str:
    text = ""
    for node in block.descendants:
        if isinstance(node, NavigableString):
            text += re.sub(r"\s+", " ", node)
            link = node.find_parent("a")
            if link is not None and _is_last_in(node, link):
                text += _address(link)
        elif isinstance(node, Tag) and node.name == "br":
            text = text.rstrip() + "\n"
    return text.strip()


def _is_last_in(node: NavigableString, link: Tag) -> bool:
    return list(link.descendants)[-1] is node


def _address(link: Tag) -> str:
    """The address of a link behind its words, unless they are the address already."""
    address, words = str(link.get("href", "")), link.get_text(strip=True)
    bare = address.removeprefix("mailto:")
    same = {bare, bare.rstrip("/"), bare.removeprefix("https://").rstrip("/"), bare.removeprefix("http://").rstrip("/")}
    return "" if not address or words in same else f" ({bare})"
