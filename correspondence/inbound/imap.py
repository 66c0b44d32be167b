"""Mail from an IMAP mailbox: stored first, then moved away, so that a crash in between only means seeing a mail twice."""

from __future__ import annotations

import imaplib
import logging
import socket
import time
from threading import Timer
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db import DatabaseError
from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted

from correspondence.inbound.parsing import MAX_BYTES
from correspondence.inbound.receiving import receive, recipients_of

logger = logging.getLogger(__name__)
SECONDS = 20  # of silence
MOST_SECONDS = 55  # in all: the next poll begins a minute after this one
AT_ONCE = 50
DONE = "Received"


def poll(url: str) -> int:
    """Receive up to 50 mails of the mailbox, and return how many. A server that is gone, hangs or drips costs a minute, not the worker."""
    try:
        with opened(url) as mailbox:
            return _receive_all(mailbox)
    except Exception as error:  # noqa: BLE001  imaplib raises strings, sockets and its own errors: all mean "next time"
        logger.warning("The mailbox of INBOUND_IMAP_URL could not be read (%s: %s).", type(error).__name__, error)
        return 0


class _CutOff:
    """An IMAP connection that ends after a while, however busy it is: a server that sends a byte now and then is never silent."""

    _cut: Timer | None = None

    def open(self, *args: Any, **options: Any) -> None:
        super().open(*args, **options)  # type: ignore[misc]
        self._cut = Timer(MOST_SECONDS, _end, [self.sock])  # type: ignore[attr-defined]
        self._cut.daemon = True
        self._cut.start()

    def logout(self) -> Any:
        try:
            return super().logout()  # type: ignore[misc]
        except Exception:
            self.shutdown()
            raise

    def shutdown(self) -> None:
        if self._cut is not None:
            self._cut.cancel()
        super().shutdown()  # type: ignore[misc]


def _end(connection: socket.socket) -> None:
    """Wake whoever waits for its next byte."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        logger.debug("The connection had ended by itself.")


class _Plain(_CutOff, imaplib.IMAP4):
    pass


class _Encrypted(_CutOff, imaplib.IMAP4_SSL):
    pass


class _PlainBox(MailBoxUnencrypted):
    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return _Plain(self._host, self._port, timeout=self._timeout)


class _EncryptedBox(MailBox):
    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return _Encrypted(self._host, self._port, timeout=self._timeout)


def opened(url: str) -> BaseMailBox:
    """Return the mailbox of the address, signed in and in its folder."""
    parts = urlsplit(url)
    box = _EncryptedBox if parts.scheme == "imaps" else _PlainBox
    port = parts.port or (993 if parts.scheme == "imaps" else 143)
    mailbox = box(parts.hostname or "", port, timeout=SECONDS)
    folder = unquote(parts.path.strip("/")) or "INBOX"
    try:
        return mailbox.login(unquote(parts.username or ""), unquote(parts.password or ""), initial_folder=folder)
    except Exception:
        mailbox.client.shutdown()
        raise


def _receive_all(mailbox: BaseMailBox) -> int:
    began, received = time.monotonic(), 0
    uids = mailbox.uids("ALL")[:AT_ONCE]
    if uids and not mailbox.folder.exists(DONE):
        mailbox.folder.create(DONE)
    for uid in uids:
        received += _receive_one(mailbox, uid)
        if time.monotonic() - began > MOST_SECONDS / 2:  # the rest is for the next poll
            break
    return received


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
