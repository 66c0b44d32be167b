"""What tells a person from a machine on the contact form, without asking anybody else.

The form carries a signed word that says when its page was made. It is also the riddle: a browser that finds a number which, behind the
word, hashes to enough leading zeros has worked for some tenths of a second. Only messages that look like spam are asked for it, and
whoever has no script is sent a mail to confirm instead.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass

from django.core import signing

SALT = "contact form"
TOO_QUICK = 3  # seconds in which nobody reads a form, let alone fills it in
TOO_OLD = 24 * 3600
ZERO_BITS = 15  # some thirty thousand hashes


@dataclass(frozen=True)
class Begun:
    """When the page of a form was made, and the nonce by which its message is known."""

    nonce: str
    at: float

    @property
    def is_too_quick(self) -> bool:
        return time.time() - self.at < TOO_QUICK


def begin(at: float | None = None) -> str:
    """Return the signed word for a new page."""
    return signing.dumps([secrets.token_hex(12), int(time.time() if at is None else at)], salt=SALT)


def read(word: str) -> Begun | None:
    """Return what the word says; None when it is not ours, or older than a day."""
    try:
        nonce, at = signing.loads(word, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Begun(nonce, at) if time.time() - at < TOO_OLD else None


def is_proven(word: str, number: str) -> bool:
    """Whether `number` solves the riddle of this page."""
    if not number.isdecimal() or len(number) > 12:
        return False
    digest = hashlib.sha256(f"{word}:{number}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - ZERO_BITS) == 0
