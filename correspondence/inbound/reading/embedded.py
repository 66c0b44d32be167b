"""What an HTML text carries in itself and is no word of it: pictures written into it as letters, styles, remarks. Often megabytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

MOST = 100
PICTURE = re.compile(rb"""(\bsrc\s*=\s*)(["'])data:(image/[a-z]{3,4});base64,([A-Za-z0-9+/=\s]*+)\2""", re.IGNORECASE)
UNREAD = ((b"<!--", b"-->"), (b"<style", b"</style"), (b"<script", b"</script"))


def pictures_of(html: bytes) -> list[Message]:
    """Return the pictures written into a text as parts of a mail, with the Content-IDs that `without_pictures` leaves in their places."""
    return [_part(number, found[3], found[4]) for number, found in enumerate(_found(html))]


def without_pictures(html: bytes) -> bytes:
    """Return a text that shows the pictures written into it as if they had come beside it."""
    numbers = iter(range(len(html)))
    return PICTURE.sub(lambda found: found[1] + found[2] + b"cid:" + _id(next(numbers)).encode() + found[2], html)


def without_unread(html: bytes) -> bytes:
    """Return a text without what no reader sees, where that is told from the outside: it would fill the room for the words."""
    for begins, ends in UNREAD:
        html = b"".join(_outside(html, begins, ends))
    return html


def _found(html: bytes) -> Iterator[re.Match[bytes]]:
    for number, found in enumerate(PICTURE.finditer(html)):
        if number >= MOST:
            return
        yield found


def _id(number: int) -> str:
    return f"picture-{number}@in.the.text"


def _part(number: int, kind: bytes, letters: bytes) -> Message:
    part = Message()
    part["Content-Type"] = kind.decode("ascii").lower()
    part["Content-Disposition"] = f'inline; filename="picture-{number + 1}.{kind.decode("ascii").lower().partition("/")[2]}"'
    part["Content-ID"] = f"<{_id(number)}>"
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(letters.decode("ascii"))
    return part


def _outside(html: bytes, begins: bytes, ends: bytes) -> Iterator[bytes]:
    """Yield what stands outside of all that begins and ends so; what never ends is left. Each letter is looked at a few times at most."""
    lower, at = html.lower(), 0
    while (start := lower.find(begins, at)) >= 0 and (end := lower.find(ends, start)) >= 0:
        yield html[at:start]
        at = end + len(ends)
        if ends != b"-->":
            closed = lower.find(b">", at)
            at = closed + 1 if closed >= 0 else at
    yield html[at:]
