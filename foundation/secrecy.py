"""Texts derived from a row's nonce under a key outside the database: a dump opens nothing, and a retry renders the same text again.

Nothing here reads the database. `foundation.tokens` keeps the rows of links; the outbox and the sign-in derive from rows of their own.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from django.conf import settings

DIGITS = "abcdefghijklmnopqrstuvwxyz234567"  # lower-case base32, which survives every mail program
MAC_LENGTH = 32  # 160 bits
TOKEN = re.compile(rf"[{DIGITS}]{{1,13}}[{DIGITS}]{{{MAC_LENGTH}}}")
UNAMBIGUOUS = "23456789BCDFGHJKMNPQRSTVWXYZ"  # no 0 and O, no 1, I and L, no vowel that would make a word


def address_token(purpose: str, row_id: int, nonce: str) -> str:
    """Return the token of one row for one purpose: at most 45 characters, so that `reply+<token>` fits into a local part."""
    return _as_digits(row_id) + _mac(settings.SECRET_KEY, purpose, str(row_id), nonce)


def row_of(token: str) -> int | None:
    """Return the key of the row that a token names, or None when it is no token at all. It proves nothing yet: see `fits`."""
    token = token.strip().lower()
    if not TOKEN.fullmatch(token):
        return None
    row_id = 0
    for digit in token[:-MAC_LENGTH]:
        row_id = row_id * 32 + DIGITS.index(digit)
    return row_id if row_id < 2**63 else None


def fits(token: str, purpose: str, row_id: int, nonce: str) -> bool:
    """Whether `token` is the one of this row, purpose and nonce; compared in constant time, under today's key and the former ones."""
    given = token.strip().lower()[-MAC_LENGTH:].encode()
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    macs = [_mac(key, purpose, str(row_id), nonce).encode() for key in keys]
    return any([hmac.compare_digest(given, mac) for mac in macs])  # noqa: C419  a list, so that each is compared


def derived_code(purpose: str, nonce: str, length: int = 8) -> str:
    """Return a short code to be typed by hand, always the same for one purpose and nonce."""
    number = int.from_bytes(_digest(settings.SECRET_KEY, "code", purpose, nonce), "big")
    code = ""
    for _ in range(length):
        number, place = divmod(number, len(UNAMBIGUOUS))
        code += UNAMBIGUOUS[place]
    return code


def is_code(typed: str, purpose: str, nonce: str, length: int = 8) -> bool:
    """Whether `typed` is the derived code, however it was spaced, dashed or cased. Callers count the attempts."""
    given = re.sub(r"[\s-]", "", typed).upper()
    return hmac.compare_digest(given.encode(), derived_code(purpose, nonce, length).encode())


def keyed_hash(purpose: str, text: str) -> str:
    """Return what may be kept of a text that is forgotten: it tells nothing without the key. 64 hexadecimal digits."""
    return _digest(settings.SECRET_KEY, "hash", purpose, text).hex()


def keyed_hashes(purpose: str, text: str) -> list[str]:
    """Return the hashes that may have been kept of `text`: under today's key, and under the former ones."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [_digest(key, "hash", purpose, text).hex() for key in keys]


def _mac(key: str | bytes, *words: str) -> str:
    return base64.b32encode(_digest(key, "token", *words)[: MAC_LENGTH * 5 // 8]).decode().lower()


def _digest(key: str | bytes, *words: str) -> bytes:
    """HMAC-SHA256 under a key of our own derived from SECRET_KEY; the lengths keep ("ab", "c") and ("a", "bc") apart."""
    own_key = hmac.digest(key.encode() if isinstance(key, str) else key, b"concentric tokens, 1", hashlib.sha256)
    message = "".join(f"{len(word)}:{word}" for word in words)
    return hmac.digest(own_key, message.encode(), hashlib.sha256)


def _as_digits(number: int) -> str:
    digits = ""
    while number or not digits:
        number, place = divmod(number, 32)
        digits = DIGITS[place] + digits
    return digits
