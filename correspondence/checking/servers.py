"""Whether the mail servers of the settings let us in. Nothing is sent, read or moved."""

from __future__ import annotations

import smtplib
from typing import Any

from django.conf import settings
from imap_tools import MailboxLoginError

from correspondence.addresses import BOUNCE, at_our_domain
from correspondence.backends import open_backend
from correspondence.checking.findings import Finding, Findings, look, plain, right, wrong
from correspondence.inbound import imap


def check_smtp() -> Findings:
    """Sign in, and ask whether mail may come from our addresses; then say that it was nothing."""
    if not hasattr(open_backend(), "send_in_steps"):
        yield look("Mail is kept in a folder and reaches nobody: this is the demo.", "Name a mail server in EMAIL_URL.")
        return
    backend = open_backend()
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        backend.open()
        yield right(f"{where} {_how_it_let_us_in()}.")
        yield _may_we_write(backend.connection, where)
    except smtplib.SMTPAuthenticationError as refusal:
        hint = "Compare both in EMAIL_URL; characters such as @ and / in them are written %40 and %2F."
        yield wrong(f"{where} refuses our name and password: {refusal.smtp_code} {plain(_words_of(refusal.smtp_error))}", hint)
    except (OSError, smtplib.SMTPException) as error:
        hint = "Is the name right, is the port open from here, and does it speak TLS as EMAIL_URL says?"
        yield wrong(f"{where} cannot be used: {type(error).__name__}, {plain(error)}", hint)
    finally:
        backend.close()


def _how_it_let_us_in() -> str:
    safe = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    line = "speaks TLS" if safe else "answers, in the clear"
    return f"{line}, and knows us as {settings.EMAIL_HOST_USER}" if settings.EMAIL_HOST_USER else line


def _may_we_write(connection: Any, where: str) -> Finding:
    """Each mail has an envelope sender of its own, so an account that may send as one address alone is not enough."""
    sender = at_our_domain(f"{BOUNCE}+check")
    connection.ehlo_or_helo_if_needed()
    code, answer = connection.mail(sender)
    connection.rset()
    if code == 250:
        return right(f"{where} takes mail from {sender}.")
    hint = f"Let the account send as every address at {settings.MAIL_DOMAIN}."
    return wrong(f"{where} takes no mail from {sender}: {code} {plain(_words_of(answer))}", hint)


def _words_of(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer


def check_imap() -> Findings:
    """Sign in to the mailbox, and count what waits there."""
    if not settings.INBOUND_IMAP_URL:
        return
    try:
        with imap.opened(settings.INBOUND_IMAP_URL) as mailbox:
            yield _finding_of_folder(len(mailbox.uids("ALL")))
    except MailboxLoginError:
        hint = "Compare both in INBOUND_IMAP_URL; characters such as @ and / in them are written %40 and %2F."
        yield wrong("The mailbox of INBOUND_IMAP_URL refuses our name and password.", hint)
    except Exception as error:  # noqa: BLE001  imaplib raises strings, sockets and its own errors
        hint = "Is the name right, is the port open from here, and is the folder there?"
        yield wrong(f"The mailbox of INBOUND_IMAP_URL cannot be read: {type(error).__name__}, {plain(error)}", hint)


def _finding_of_folder(waiting: int) -> Finding:
    if waiting > imap.AT_ONCE:
        hint = "Do a worker and a beat run? The worker takes 50 a minute."
        return look(f"Waiting in the mailbox of INBOUND_IMAP_URL: {waiting} mails.", hint)
    return right(f"The mailbox of INBOUND_IMAP_URL lets us in. Waiting there: {waiting}.")
