"""Large files taken out of a message before it is read: a reader of mails holds them seven times."""

from __future__ import annotations

import base64
import binascii
import re
from typing import NamedTuple

LARGE = 300_000  # bytes of base64
ENCODED = re.compile(rb"^content-transfer-encoding:[ \t]*base64[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
END_OF_HEAD = re.compile(rb"\n\r?\n")
READ_THROUGH = (b"text/", b"pkcs7", b"message/")  # what may hold words


class Lightened(NamedTuple):
    """A message in which a short word stands for each large file, and the files by those words."""

    raw: bytes
    files: dict[bytes, bytes]


def lightened(raw: bytes) -> Lightened:
    """Take the large files out of a message; what cannot be told for a file stays where it is."""
    pieces: list[bytes] = []
    files: dict[bytes, bytes] = {}
    done = 0
    for found in ENCODED.finditer(raw):
        head_end = END_OF_HEAD.search(raw, found.end())
        if found.start() < done or head_end is None:
            continue
        end = raw.find(b"\n--", head_end.end())
        end = end if end >= 0 else len(raw)
        content = _content(raw, found.start(), head_end.end(), end)
        if content is not None:
            word = b"file %d of %d bytes" % (len(files), len(content))
            files[word] = content
            pieces += [raw[done : head_end.end()], base64.encodebytes(word)]
            done = end
    return Lightened(b"".join([*pieces, raw[done:]]) if files else raw, files)


def _content(raw: bytes, named_at: int, start: int, end: int) -> bytes | None:
    head = raw[max(raw.rfind(b"\n--", 0, named_at), named_at - 4000, 0) : start].lower()
    if end - start < LARGE or any(kind in head for kind in READ_THROUGH):
        return None
    try:
        return binascii.a2b_base64(memoryview(raw)[start:end])  # no copy of what may be a dozen megabytes
    except binascii.Error:
        return None
