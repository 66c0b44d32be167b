"""Log lines without tokens: who reads a log must not be able to open what a link opens."""

from __future__ import annotations

import logging
import re

from foundation.secrecy import DIGITS, MAC_LENGTH

# Long enough for no word and no checksum in hexadecimal digits, which all but surely holds one of 0, 1, 8 and 9.
TOKEN_IN_TEXT = re.compile(rf"(?<![A-Za-z0-9])[{DIGITS}]{{{MAC_LENGTH + 1},{MAC_LENGTH + 13}}}(?![A-Za-z0-9])", re.IGNORECASE)


def without_tokens(text: str) -> str:
    """Return `text` with every token cut out."""
    return TOKEN_IN_TEXT.sub("[token]", text)


class TokenlessFormatter(logging.Formatter):
    """Formats a record, traceback included, and cuts the tokens out of it."""

    def format(self, record: logging.LogRecord) -> str:
        return without_tokens(super().format(record))


class TokenlessFilter(logging.Filter):
    """Cuts tokens out of a record before any handler sees it; for loggers whose handlers are not ours (gunicorn's access log)."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_tokens(record.getMessage()), ()
        return True
