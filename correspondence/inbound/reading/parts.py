"""The parts of a mail: which hold its words, which are files of its writer's, and which only serve the mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from correspondence.inbound.reading.charsets import charset_in_html, decoded
from correspondence.inbound.reading.embedded import pictures_of, without_pictures, without_unread
from correspondence.inbound.reading.headers import one_line
from correspondence.inbound.reading.html import MAX_HTML, lines_of_html
from correspondence.inbound.reading.lines import BLANK, Line
from correspondence.inbound.reading.plain import lines_of_plain
from correspondence.inbound.reading.smime import signed_content

MAX_PARTS = 100
MAX_TEXT = 100_000
MAX_FILES = 20
BASE64 = re.compile(r"[A-Za-z0-9+/=]*\s*")
SERVING = {
    *("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pkcs7-mime", "application/x-pkcs7-mime"),
    *(
        "application/pgp-signature",
        "application/pgp-encrypted",
        "application/pgp-keys",
        "application/ms-tnef",
        "application/vnd.ms-tnef",
    ),
    *(
        "application/ics",
        "text/calendar",
        "text/vcard",
        "text/x-vcard",
        "text/directory",
        "text/rfc822-headers",
        "message/delivery-status",
    ),
    *("message/disposition-notification", "text/x-amp-html", "text/watch-html"),
}
SERVING_NAMES = (".p7s", ".p7m", ".ics", ".vcf", "winmail.dat", "signature.asc", ".p7c", "att00001.txt")


@dataclass(frozen=True)
class MailFile:
    """Something that came along with a mail. `content_id` names it where the words have it in their midst (`is_inline`)."""

    name: str
    content_type: str
    content: bytes
    content_id: str = ""
    is_inline: bool = False
    charset: str = ""


@dataclass(frozen=True)
class Leaf:
    """A part of a mail that is no text of it."""

    part: Message
    name: str
    content_id: str
    is_inline: bool

    @property
    def only_serves(self) -> bool:
        """Whether it is no file of its writer's: a signature of the mail, an invitation, what Outlook adds."""
        return self.part.get_content_type() in SERVING or self.name.lower().endswith(SERVING_NAMES)

    def file(self) -> MailFile:
        """Return it with its content."""
        kind, charset = self.part.get_content_type(), _charset_of(self.part)
        return MailFile(self.name, kind, _content_of(self.part), self.content_id, self.is_inline, charset)


def read_parts(message: Message) -> tuple[list[Line], list[Leaf]]:
    """Return the lines of a mail's texts, and what else came along."""
    lines: list[Line] = []
    leaves: list[Leaf] = []
    for part in _readable(message):
        if is_words(part):
            lines += [*([BLANK] if lines else []), *lines_of(part)]
            leaves += [_leaf(picture) for picture in _pictures_within(part)]
        else:
            leaves.append(_leaf(part))
    return _cut(lines), leaves


def is_words(part: Message) -> bool:
    """Whether a part is text to be read, and no file that is a text."""
    if part.get_content_maintype() == "multipart":
        return True  # one whose boundary is nowhere: what it holds is all that there is to read
    if part.get_content_type() not in {"text/plain", "text/html", "text/enriched"}:
        return part.get_content_maintype() == "text" and not _name_told(part) and part.get_content_type() not in SERVING
    return part.get_content_disposition() != "attachment" and not _name_told(part)


def lines_of(part: Message) -> list[Line]:
    """Return the lines of a text part."""
    if part.get_content_type() == "text/html":
        raw = _html_of(part)[: MAX_TEXT * 8]
        return lines_of_html(decoded(raw, _charset_of(part) or charset_in_html(raw) or "utf-8"))
    flows = _parameter(part, "format").lower() == "flowed"
    text = decoded(_content_of(part)[: MAX_TEXT * 8], _charset_of(part) or "utf-8")[: 2 * MAX_TEXT]
    return lines_of_plain(text, flows=flows, delsp=_parameter(part, "delsp").lower() == "yes")


def _html_of(part: Message) -> bytes:
    """Return its HTML without the pictures written into it, and without what nobody reads where that leaves no room for words."""
    html = without_pictures(_content_of(part))
    return without_unread(html) if len(html) > MAX_HTML else html


def _pictures_within(part: Message) -> list[Message]:
    return pictures_of(_content_of(part)) if part.get_content_type() == "text/html" else []


def _readable(message: Message) -> Iterator[Message]:
    """Every leaf, at most 100 of them, of alternatives only the best."""
    seen = 0
    stack: list[Message] = [message]
    while stack and seen < MAX_PARTS:
        part = stack.pop()
        seen += 1
        inner = part.get_payload() if part.is_multipart() else None
        if not isinstance(inner, list):
            yield from _opened(part)
        elif part.get_content_type() == "message/rfc822":
            yield part
        elif part.get_content_type() == "multipart/alternative":
            stack += reversed(_chosen([one for one in inner if isinstance(one, Message)]))
        else:
            stack += [one for one in reversed(inner[:MAX_PARTS]) if isinstance(one, Message)]


def _opened(part: Message) -> Iterator[Message]:
    """A part, and before it the mail that it holds, when it is one signed with S/MIME as a whole."""
    if part.get_content_type() in {"application/pkcs7-mime", "application/x-pkcs7-mime"}:
        inner = signed_content(_content_of(part))
        if inner is not None:
            yield from (one for one in _readable(inner) if one.get_content_type() not in SERVING)
    yield part


def _chosen(alternatives: list[Message]) -> list[Message]:
    """Return the alternative that tells most, and what is none of the words: HTML says what is quoted, so it goes before plain text."""
    texts = [one for one in alternatives[:MAX_PARTS] if one.is_multipart() or is_words(one)]
    others = [one for one in alternatives[:MAX_PARTS] if one not in texts and one.get_content_type() == "text/calendar"]
    if len(texts) < 2:
        return [*(texts or alternatives[:1]), *others]
    plain = next((one for one in texts if one.get_content_type() == "text/plain"), None)
    rich = next((one for one in reversed(texts) if one.is_multipart() or one.get_content_type() == "text/html"), None)
    if rich is None:
        return [texts[-1], *others]
    return [rich if plain is None or _tells_as_much(rich, plain) else plain, *others]


def _tells_as_much(rich: Message, plain: Message) -> bool:
    """Whether HTML has at least half of the words of the plain text, and is no longer than we read."""
    if rich.is_multipart():
        return True
    if len(_html_of(rich)) > MAX_HTML:
        return False
    told = sum(len(line.text) for line in lines_of(rich))
    return told > 0 and 2 * told >= sum(len(line.text) for line in lines_of(plain))


def _cut(lines: list[Line]) -> list[Line]:
    """Return as many lines as hold the text that we take, each of them no longer than that."""
    left = MAX_TEXT
    for at, line in enumerate(lines):
        left -= len(line.shown) + 1
        if left < 0:
            rest = line.shown[: max(0, left + len(line.shown) + 1)]
            return [*lines[:at], Line(rest, line.depth, as_written=rest)]
    return lines


def _leaf(part: Message) -> Leaf:
    content_id = one_line(str(_raw(part, "Content-ID"))).strip("<> ")[:250]
    is_inline = bool(content_id) and part.get_content_maintype() == "image" and part.get_content_disposition() != "attachment"
    return Leaf(part, _name_told(part) or _name_of_mail(part) or part.get_content_type(), content_id, is_inline)


def _name_of_mail(part: Message) -> str:
    if part.get_content_type() != "message/rfc822":
        return ""
    inner = part.get_payload()
    subject = one_line(str(_raw(inner[0], "Subject"))) if isinstance(inner, list) and isinstance(inner[0], Message) else ""
    return f"{subject[:100] or 'mail'}.eml"


def _name_told(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except Exception:  # noqa: BLE001  a broken parameter raises half a dozen kinds of errors and must not cost the mail
        name = ""
    return one_line(name)[:120]


def _content_of(part: Message) -> bytes:
    if part.is_multipart():
        inner = part.get_payload()
        return b"".join(one.as_bytes() for one in inner if isinstance(one, Message)) if isinstance(inner, list) else b""
    if _raw(part, "Content-Transfer-Encoding").strip().lower() == "base64":
        _without_rubbish(part)
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "replace")


def _without_rubbish(part: Message) -> None:
    """Take out the rows that some server on the way wrote in plain letters below a text in base64."""
    rows = str(part.get_payload()).splitlines()
    kept = [row for row in rows if BASE64.fullmatch(row)]
    if kept and len(kept) < len(rows):
        part.set_payload("\n".join(kept))


def _charset_of(part: Message) -> str:
    try:
        return str(part.get_content_charset() or "")
    except Exception:  # noqa: BLE001  as above
        return ""


def _parameter(part: Message, name: str) -> str:
    try:
        return str(part.get_param(name) or "")
    except Exception:  # noqa: BLE001  as above
        return ""


def _raw(part: Message, name: str) -> str:
    try:
        return str(part.get(name, ""))
    except Exception:  # noqa: BLE001  as above
        return ""
