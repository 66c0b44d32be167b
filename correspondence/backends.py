"""Ways to hand a mail over, in steps: the caller commits "handing over" between the recipient's and the text's turn."""

from __future__ import annotations

import mailbox
import smtplib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

# Refusals that speak of our own credentials, not of this mail: once they are mended, the mail can go.
ABOUT_US = frozenset({530, 534, 535, 538})


class NotSent(Exception):
    """The mail server has not taken the mail; `for_good` when trying again is pointless, `of_recipient` when it refused who gets it."""

    def __init__(self, answer: str, *, for_good: bool = False, of_recipient: bool = False) -> None:
        super().__init__(answer)
        self.answer = answer
        self.for_good = for_good
        self.of_recipient = of_recipient


class PerhapsSent(Exception):
    """The connection broke after the text was begun and before the server's answer: nobody knows whether the mail is on its way."""


class SMTPBackend(EmailBackend):
    """Django's SMTP backend, which can also say where exactly a delivery stopped."""

    connection: smtplib.SMTP | None
    _partial_connection: smtplib.SMTP | None

    def send_in_steps(self, message: EmailMessage, before_data: Callable[[], None]) -> str:
        """Hand one mail to one recipient over, calling `before_data` just before its text, and return the server's answer.

        Raises NotSent, PerhapsSent, or whatever `before_data` raises (the text is not sent then).
        """
        server = self._greeted()
        content = _as_sent(message)
        self._expect(250, server.mail, _bare(message.from_email), [f"size={len(content)}"] if _sizes(server) else [])
        for recipient in message.recipients():
            self._expect(250, server.rcpt, _bare(recipient))
        before_data()
        self._expect(354, server.docmd, "DATA")
        return _final_answer(server, content)

    def close(self) -> None:
        """End the connection. How it ends says nothing of the mail, so nothing is raised."""
        for server in (self._partial_connection, self.connection):
            if server is not None:
                try:
                    server.quit()
                except (OSError, smtplib.SMTPException):
                    server.close()
        self._partial_connection = self.connection = None

    def _greeted(self) -> smtplib.SMTP:
        try:
            self.open()
            assert self.connection is not None  # noqa: S101  for the type checker: open() raises otherwise
            self.connection.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(_told(error)) from error
        return self.connection

    def _expect(self, code: int, command: Callable[..., tuple[int, bytes]], *args: Any) -> None:
        try:
            answer = command(*args)
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(_told(error)) from error
        if answer[0] != code and (code, answer[0]) != (250, 251):
            raise NotSent(_as_text(answer), for_good=_for_good(answer[0]), of_recipient=command.__name__ == "rcpt")


class MaildirBackend(BaseEmailBackend):
    """Mail into a Maildir folder (EMAIL_FILE_PATH), with the envelope on top as a real delivery would leave it. For the demo."""

    def __init__(self, *args: Any, file_path: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(file_path or getattr(settings, "EMAIL_FILE_PATH", None) or "")

    def send_messages(self, email_messages: Any) -> int:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        box = mailbox.Maildir(self.folder, create=True)
        for message in email_messages:
            box.add(_with_envelope(message))
        return len(email_messages)


def send_in_steps(backend: Any, message: EmailMessage, before_data: Callable[[], None]) -> str:
    """Hand over through any of Django's backends; those that know no steps are one step.

    Such a backend cannot say where it failed, so whatever it raises may have come after the mail was taken.
    """
    if hasattr(backend, "send_in_steps"):
        return str(backend.send_in_steps(message, before_data))
    before_data()
    try:
        taken = backend.send_messages([message])
    except ConnectionRefusedError as error:
        raise NotSent(_told(error)) from error
    except Exception as error:
        raise PerhapsSent(_told(error)) from error
    if not taken:
        raise NotSent("the mail backend took nothing")
    return "taken"


def open_backend() -> Any:
    """Return the backend that the settings name, not connected yet."""
    return get_connection()


def _final_answer(server: smtplib.SMTP, content: bytes) -> str:
    text = content.replace(b"\r\n.", b"\r\n..")
    try:
        server.send((b"." if text.startswith(b".") else b"") + text + (b"" if text.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        answer = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise PerhapsSent(_told(error)) from error
    if 400 <= answer[0] < 600:
        raise NotSent(_as_text(answer), for_good=_for_good(answer[0]))
    if answer[0] != 250:
        raise PerhapsSent(_as_text(answer))
    return _as_text(answer)


def _with_envelope(message: EmailMessage) -> bytes:
    sent = message.message()
    lines = [f"Return-Path: <{message.from_email}>", *(f"Delivered-To: {address}" for address in message.recipients())]
    return "\n".join(lines).encode() + b"\n" + sent.as_bytes()


def _as_sent(message: EmailMessage) -> bytes:
    return bytes(message.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]  # Django's own messages take it


def _bare(address: str) -> str:
    return sanitize_address(address, settings.DEFAULT_CHARSET)


def _sizes(server: smtplib.SMTP) -> bool:
    return bool(server.does_esmtp and server.has_extn("size"))


def _for_good(code: int) -> bool:
    return 500 <= code < 600 and code not in ABOUT_US


def _as_text(answer: tuple[int, bytes]) -> str:
    return f"{answer[0]} {answer[1].decode('utf-8', 'replace')}"


def _told(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException) and isinstance(error.smtp_error, bytes):
        return _as_text((error.smtp_code, error.smtp_error))
    return f"{type(error).__name__}: {error}"
