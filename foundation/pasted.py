"""What comes out of Word: lists that are paragraphs with a bullet typed before them, footnotes with addresses of their own, empty shells.

Pure: `tidied` takes HTML as it was pasted and gives what `richtext.clean` can make sense of. What Word did not write comes back as it was.
"""

from __future__ import annotations

import re
from itertools import groupby

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString

WORD = re.compile(
    r"mso-|MsoList|MsoNormal|MsoFootnote|#_ftn|#_edn|<o:p|urn:schemas-microsoft-com|<!--\[if|<!\[if"
    r"|<p[^>]*>\s*(?:<[^>]+>\s*)*[·§\uf0b7\uf0a7](?:\s|&nbsp;|\u00a0){2,}",  # an editor has dropped the rest already
    re.IGNORECASE,
)
CONDITIONS = re.compile(
    r"<!--\[if.*?<!\[endif\]-->|<!\[[^\]>]*\]>|<\?xml[^>]*>|</?(?:o|w|v|m|st1):[^>]*>", re.IGNORECASE | re.DOTALL
)
IN_A_LIST = re.compile(r"mso-list:\s*l\d+\s+level(\d)", re.IGNORECASE)
BULLET = re.compile(r"^\s*(?:[·•▪◦§\u2013\-o\uf0b7\uf0a7]|\uf0d8)[\s\u00a0]{2,}")
NUMBER = re.compile(r"^\s*(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)][\s\u00a0]{2,}", re.IGNORECASE)
BEGINS_A_NOTE = re.compile(r"\s*\[\^\d+\]:")
NOTE = re.compile(r"#_(?:ftn|edn)(ref)?(\d+)$")


def is_from_word(html: str) -> bool:
    """Whether it bears the marks of Word."""
    return WORD.search(html) is not None


def tidied(html: str) -> str:
    """Return it with its lists as lists, its footnotes as `[^1]`, and without what only Word reads."""
    if not is_from_word(html):
        return html
    soup = BeautifulSoup(CONDITIONS.sub("", html), "html.parser")
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in soup.find_all(["style", "script", "xml", "meta", "link", "title"]):
        tag.decompose()
    _footnotes(soup)
    for tag in soup.find_all(["div", "center", "section"]):
        tag.unwrap()
    for tag in soup.find_all(["b", "i"]):
        tag.name = "strong" if tag.name == "b" else "em"
    for tag in soup.find_all("br", attrs={"clear": True}):
        tag.decompose()
    _lists(soup)
    return soup.decode(formatter="minimal")


def _footnotes(soup: BeautifulSoup) -> None:
    """`[1]` that leads to `_ftn1` is the marker `[^1]`; the same that leads back begins the note."""
    for link in soup.find_all("a", href=NOTE):
        told = NOTE.search(str(link["href"]))
        if told is None:
            continue
        sup = link.find_parent("sup")
        marker = NavigableString(f"[^{told[2]}]:" if told[1] else f"[^{told[2]}]")
        (sup if sup is not None and sup.get_text(strip=True) == link.get_text(strip=True) else link).replace_with(marker)
    for rule in soup.find_all("hr"):
        following = rule.find_next(string=True)
        if following is None:
            continue
        is_below = BEGINS_A_NOTE.match(following) or following.find_parent("div", style=re.compile("mso-element:footnote"))
        if is_below:
            rule.decompose()


def _lists(soup: BeautifulSoup) -> None:
    """Paragraphs in a row that say they are of a list become one."""
    paragraphs = [tag for tag in soup.find_all("p") if tag.find_parent(["li", "ul", "ol"]) is None]
    for (kind, _place), group in groupby(enumerate(paragraphs), key=lambda pair: (_kind(pair[1]), _run(paragraphs, pair[0]))):
        rows = [tag for _number, tag in group]
        if kind:
            _put_into_list(soup, kind, rows)


def _kind(tag: Tag) -> str:
    """What sort of list a paragraph is of: "ul", "ol", or none."""
    text, of_word = tag.get_text(), IN_A_LIST.search(str(tag.get("style", ""))) is not None
    if NUMBER.match(text):
        return "ol"
    return "ul" if BULLET.match(text) or of_word else ""


def _run(paragraphs: list[Tag], place: int) -> int:
    """The place at which the unbroken row of paragraphs begins of which this is one."""
    while place and paragraphs[place - 1].find_next_sibling() is paragraphs[place]:
        place -= 1
    return place


def _put_into_list(soup: BeautifulSoup, kind: str, rows: list[Tag]) -> None:
    whole = soup.new_tag(kind)
    rows[0].insert_before(whole)
    for row in rows:
        for ignored in row.find_all(style=re.compile(r"mso-list:\s*Ignore", re.IGNORECASE)):
            ignored.decompose()
        _cut(row, NUMBER if kind == "ol" else BULLET)
        row.name, row.attrs = "li", {}
        whole.append(row.extract())


def _cut(row: Tag, mark: re.Pattern[str]) -> None:
    """Take the bullet or number away that was typed before the words, in however many pieces it stands."""
    told = mark.match(row.get_text())
    left = len(told[0]) if told else 0
    for text in list(row.find_all(string=True)):
        cut = min(left, len(text))
        left -= cut
        text.replace_with(NavigableString(text[cut:]))
