"""Whether everybody may read what an Update says and leads to. It goes to people who cannot sign in, and cannot be called back.

Each address of ours in it is asked for as a visitor would, through all of the site and without any network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.conf import settings
from django.utils.translation import gettext as _

from correspondence.models import Update
from correspondence.update.content import passages_of, whole
from correspondence.update.visiting import NOT_FOR_VISITORS, answer_to_visitor
from foundation import richtext

TAIL = ".,;:!?…”“\"'»)]}>"


@dataclass(frozen=True)
class Link:
    """An address in an Update: in which place of it, and behind which words."""

    place: str
    words: str
    address: str


def objections(update: Update) -> list[str]:
    """Return a sentence for each place that visitors cannot read, in the order of the text; nothing when they can read it all."""
    seen: dict[str, str] = {}
    found = [
        _("%(place)s shows something that visitors cannot read. Choose another thing.") % {"place": place} for place in gone(update)
    ]
    for link in links_of(update):
        address = whole(link.address)
        if address not in seen:
            seen[address] = why_private(link.address)
        if seen[address]:
            found.append(_sentence(link, seen[address]))
    return found


def gone(update: Update) -> Iterator[str]:
    """The places that pick what visitors may not read."""
    for number, passage in enumerate(passages_of(update), start=1):
        if passage.is_gone:
            yield _place(number, passage.heading)


def links_of(update: Update) -> Iterator[Link]:
    """Every address in the text, in order: behind words, written out, and of what is picked."""
    yield from _written_out(_("The title"), update.title)
    yield from _written_out(_("The lead"), update.lead)
    yield from _in_rich_text(_("The beginning"), update.opening)
    for number, (part, passage) in enumerate(zip(update.parts.all(), passages_of(update), strict=True), start=1):
        place = _place(number, part.heading)
        yield from _written_out(place, part.heading)
        yield from _in_rich_text(place, part.words)
        if passage.item:
            yield Link(place, passage.item.title, passage.item.url)
            yield from _written_out(place, passage.item.text)
    yield from _in_rich_text(_("The end"), update.closing)


def why_private(address: str) -> str:
    """Say why this address is not for everybody, or nothing when it is. Addresses of others are theirs to answer for."""
    cleaned = re.sub(r"[\t\r\n]", "", address).strip().replace("\\", "/")
    if cleaned.lower().startswith("mailto:"):
        return _why_secret(cleaned)
    if not cleaned or cleaned.startswith("#"):
        return _("leads nowhere from a mail")
    parts = urlsplit(whole(cleaned))
    if parts.scheme not in {"http", "https"}:
        return _("is no address that everybody can open")
    return str(NOT_FOR_VISITORS.get(answer_to_visitor(parts), "")) if is_ours(parts.hostname or "") else ""


def is_ours(host: str) -> bool:
    """Whether this site answers for that name."""
    host = host.lower().rstrip(".")
    return any(host == name.lstrip(".") or (name.startswith(".") and host.endswith(name)) for name in own_hosts())


def own_hosts() -> list[str]:
    """The names under which this site can be reached."""
    named = [name.lower() for name in settings.ALLOWED_HOSTS if name != "*"]
    return [*dict.fromkeys([(urlsplit(settings.SITE_URL).hostname or "").lower(), *named])]


def _why_secret(address: str) -> str:
    local_part, _at, domain = address.removeprefix("mailto:").partition("?")[0].rpartition("@")
    is_personal = domain.lower() == settings.MAIL_DOMAIN.lower() and "+" in local_part.replace("%2B", "+").replace("%2b", "+")
    return _("is the secret address of one member") if is_personal else ""


def _in_rich_text(place: str, html: str) -> Iterator[Link]:
    soup = BeautifulSoup(richtext.sanitised(html), "html.parser")
    for link in soup.find_all("a"):
        yield Link(place, " ".join(link.get_text().split()), str(link.get("href", "")))
        link.replace_with(" ")
    yield from _written_out(place, soup.get_text(" "))


def _written_out(place: str, text: str) -> Iterator[Link]:
    """Addresses that stand in the text as such: mail programs make links of them."""
    ours = "|".join(re.escape(name.lstrip(".")) for name in own_hosts() if name)
    pattern = rf"(?:https?://|(?<![\w@./-])(?:{ours})(?::\d+)?/)[^\s<>\"]*|[\w.+-]+\+[\w.-]+@{re.escape(settings.MAIL_DOMAIN)}"
    for found in re.findall(pattern, text, re.IGNORECASE):
        address = found.rstrip(TAIL)
        yield Link(place, address, _with_scheme(address))


def _with_scheme(address: str) -> str:
    if re.match(r"https?://", address, re.IGNORECASE):
        return address
    return f"mailto:{address}" if "@" in address.partition("/")[0] else f"{urlsplit(settings.SITE_URL).scheme}://{address}"


def _place(number: int, heading: str) -> str:
    if heading:
        return _("Passage %(number)d (“%(heading)s”)") % {"number": number, "heading": heading}
    return _("Passage %(number)d") % {"number": number}


def _sentence(link: Link, why: str) -> str:
    return _("%(place)s: the link “%(words)s” (%(address)s) %(why)s.") % {
        "place": link.place,
        "words": link.words or link.address,
        "address": link.address,
        "why": why,
    }
