"""The addresses that a letter offers, and its links: in the demo's mailbox an address opens the page that writes to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from community.dev import maildir
from correspondence.inbound.parsing import ParsedMail, one_line

HREF = re.compile(r'(?P<before><a\b[^>]*?\bhref=")(?P<address>mailto:[^"]*)"', re.IGNORECASE)
MAILTO = re.compile(r"mailto:[^\s<>\"]+", re.IGNORECASE)
LINKED_HEADERS = ("From", "Reply-To", "List-Unsubscribe")  # the others have ids, which look like addresses
ENDING = ".,;:!?)]}'"  # belongs to the sentence around a link


@dataclass(frozen=True)
class Draft:
    """A letter as a mail program opens it: whom it goes to, and what stands in it already."""

    to: str = ""
    subject: str = ""
    body: str = ""


def draft_of(address: str) -> Draft:
    """Read a mailto address (RFC 6068). A plus in it is a plus; of its fields only the harmless ones are taken over."""
    before, _question, fields = address.partition(":")[2].partition("#")[0].partition("?")
    to, said = [unquote(before)], {"subject": "", "body": ""}
    for field in fields.split("&"):
        name, _equals, value = field.partition("=")
        if name.lower() in {"to", "cc"}:
            to.append(unquote(value))
        elif name.lower() in said:
            said[name.lower()] = unquote(value)
    body = said["body"].replace("\r\n", "\n").replace("\x00", "")
    return Draft(one_line(", ".join(filter(None, to))), one_line(said["subject"]), body)


def offered(mail: ParsedMail, html: str) -> list[str]:
    """Return every mailto address that a letter offers: in its HTML, in its text, and in its headers."""
    in_html = [unescape(found["address"]) for found in HREF.finditer(html)]
    texts = [mail.text, *(mail.header(name) for name in LINKED_HEADERS)]
    in_text = [address for text in texts for address, _shown in _links_in(text) if not address.startswith("http")]
    return list(dict.fromkeys([*in_html, *in_text]))


def write_url(key: str, number: int) -> str:
    """The page that writes to an address that the letter offers. It is named by its number: its secret stays out of the address bar."""
    return f"{reverse('community:mailbox-write')}?{urlencode({'letter': key, 'offer': number})}"


def html_with_links(html: str, key: str, addresses: list[str]) -> str:
    """Return the HTML part of a letter whose addresses open the page that writes to them, in the whole window."""

    def to_our_page(found: re.Match[str]) -> str:
        url = write_url(key, addresses.index(unescape(found["address"])))
        return f'{found["before"]}{escape(url)}"'

    return HREF.sub(to_our_page, html).replace("<head>", '<head><base target="_top">', 1)


def text_with_links(text: str, key: str, addresses: list[str]) -> SafeString:
    """Return the text part with its links and its addresses of ours as a mail program makes them: to be clicked."""
    pieces, rest = [], text
    for address, shown in _links_in(text):
        before, _found, rest = rest.partition(shown)
        url = address if address.startswith("http") else write_url(key, addresses.index(address))
        pieces += [(before,), (format_html('<a href="{}">{}</a>', url, shown),)]
    return format_html_join("", "{}", [*pieces, (rest,)])


def headers_with_links(mail: ParsedMail, key: str, addresses: list[str]) -> list[tuple[str, str]]:
    """Return the headers that tell how a letter travels, with links where one can write."""
    linked = [(name, text_with_links(mail.header(name), key, addresses)) for name in LINKED_HEADERS if mail.header(name)]
    plain = [(name, mail.header(name)) for name in ("To", "List-Id", "Message-ID", "In-Reply-To") if mail.header(name)]
    return [*linked, *plain]


def one_click_path(mail: ParsedMail) -> str:
    """Where a mail program's own “Unsubscribe” button posts to (RFC 8058), as a path of this site; empty where it has none."""
    found = re.search(rf"<{re.escape(settings.SITE_URL)}(/[^<>\s]*)>", mail.header("List-Unsubscribe"))
    return found.group(1) if found and mail.header("List-Unsubscribe-Post") else ""


def read_whole(key: str) -> tuple[maildir.Letter, ParsedMail, str, list[str]] | None:
    """Return one letter with its mail, its HTML part and the addresses that it offers, or None when there is none of that name."""
    found = maildir.read(key)
    if found is None:
        return None
    html = maildir.html_of(found[1])
    return *found, html, offered(found[1], html)


def _links_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield each link of a text in its order: its address, and how it stands there."""
    ours = rf"[\w.+-]+@{re.escape(settings.MAIL_DOMAIN)}(?![\w.-]*\w)"
    for found in re.finditer(rf"https?://[^\s<>\"]+|{MAILTO.pattern}|{ours}", text, re.IGNORECASE):
        shown = found.group().rstrip(ENDING)
        yield (shown if re.match(r"https?:|mailto:", shown, re.IGNORECASE) else f"mailto:{shown}"), shown
