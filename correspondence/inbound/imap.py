"""Mail from an IMAP mailbox: stored first, then moved away, so that a crash in between only means seeing a mail twice."""

from __future__ import annotations

import logging
from urllib.parse import unquote, urlsplit

from django.db import DatabaseError
from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted

from correspondence.inbound.parsing import MAX_BYTES
from correspondence.inbound.receiving import receive, recipients_of

logger = logging.getLogger(__name__)
SECONDS = 20
AT_ONCE = 50
DONE = "Received"


def poll(url: str) -> int:
    """Receive up to 50 mails of the mailbox, and return how many. A server that is gone or hangs costs 20 seconds, not the worker."""
    try:
        with opened(url) as mailbox:
            return _receive_all(mailbox)
    except Exception as error:  # noqa: BLE001  imaplib raises strings, sockets and its own errors: all mean "next time"
        logger.warning("The mailbox of INBOUND_IMAP_URL could not be read (%s: %s).", type(error).__name__, error)
        return 0


def opened(url: str) -> BaseMailBox:
    """Return the mailbox of the address, signed in and in its folder."""
    parts = urlsplit(url)
    box = MailBox if parts.scheme == "imaps" else MailBoxUnencrypted
    port = parts.port or (993 if parts.scheme == "imaps" else 143)
    mailbox = box(parts.hostname or "", port, timeout=SECONDS)
    folder = unquote(parts.path.strip("/")) or "INBOX"
    try:
        return mailbox.login(unquote(parts.username or ""), unquote(parts.password or ""), initial_folder=folder)
    except Exception:
        mailbox.client.shutdown()
        raise


def _receive_all(mailbox: BaseMailBox) -> int:
    uids = mailbox.uids("ALL")[:AT_ONCE]
    if uids and not mailbox.folder.exists(DONE):
        mailbox.folder.create(DONE)
    return sum(_receive_one(mailbox, uid) for uid in uids)


def _receive_one(mailbox: BaseMailBox, uid: str) -> bool:
    """Store one mail and only then move it. One that cannot be stored stays where it is, and those behind it still come in."""
    try:
        raw = _raw_of(mailbox, uid)
        for recipient in recipients_of(raw) or [""]:
            receive(raw, recipient)
    except DatabaseError:
        logger.exception("A mail could not be stored; it stays in the mailbox.")
        return False
    mailbox.move(uid, DONE)
    return True


def _raw_of(mailbox: BaseMailBox, uid: str) -> bytes:
    """Return the mail as it came, and no more of it than we take."""
    status, answer = mailbox.client.uid("fetch", uid, f"(BODY.PEEK[]<0.{MAX_BYTES + 1}>)")
    if status != "OK" or not isinstance(answer[0], tuple):
        raise ConnectionError(f"mail {uid}: {status}")
    raw: bytes = answer[0][1]
    return raw
