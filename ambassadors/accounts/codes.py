"""Codes sent by mail. Session and outbox hold a nonce; the code is derived from it under a key outside the database."""

from __future__ import annotations

import hmac
import re

from django.conf import settings
from django.utils.crypto import salted_hmac

UNAMBIGUOUS = "23456789BCDFGHJKMNPQRSTVWXYZ"


def derived_code(purpose: str, nonce: str, length: int = 8) -> str:
    """Return a short code to be typed by hand, always the same for one purpose and nonce."""
    number = int.from_bytes(salted_hmac(f"code:{purpose}", nonce, secret=settings.SECRET_KEY, algorithm="sha256").digest(), "big")
    code = ""
    for _ in range(length):
        number, place = divmod(number, len(UNAMBIGUOUS))
        code += UNAMBIGUOUS[place]
    return code


def is_code(typed: str, purpose: str, nonce: str, length: int = 8) -> bool:
    """Whether `typed` is the derived code, however it was spaced, dashed or cased. Callers count the attempts."""
    given = re.sub(r"[\s-]", "", typed).upper()
    return hmac.compare_digest(given.encode(), derived_code(purpose, nonce, length).encode())
