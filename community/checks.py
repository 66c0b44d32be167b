"""Settings that are fine one by one and nonsense together. Each has an id, a sentence and a hint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.http.request import validate_host

LOCAL = {"localhost", "127.0.0.1", "::1"}


@register(Tags.compatibility)
def check_settings(app_configs: Sequence[AppConfig] | None = None, **options: Any) -> list[CheckMessage]:
    """Return what must not be started. gunicorn and Celery ask as well, before they begin (`environment.refuse_nonsense`)."""
    return [*_site_is_allowed(), *_private_files_are_private(), *_mail_leaves_the_house()]


@register(Tags.security, deploy=True)
def check_deployment(app_configs: Sequence[AppConfig] | None = None, **options: Any) -> list[CheckMessage]:
    """Return what works and should not be done."""
    mail_is_open = settings.EMAIL_HOST_USER and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL)
    mailbox = urlsplit(settings.INBOUND_IMAP_URL)
    found: list[CheckMessage] = []
    if mail_is_open and settings.EMAIL_HOST not in LOCAL:
        found.append(
            checks.Warning("The password in EMAIL_URL travels unencrypted.", "Use smtp+tls:// or smtp+ssl://.", id="community.W001")
        )
    if mailbox.scheme == "imap" and mailbox.hostname not in LOCAL:
        found.append(checks.Warning("The password in INBOUND_IMAP_URL travels unencrypted.", "Use imaps://.", id="community.W002"))
    return found


def _site_is_allowed() -> Iterator[CheckMessage]:
    host = settings.SITE_HOST
    if not validate_host(f"[{host}]" if ":" in host else host, settings.ALLOWED_HOSTS):
        sentence = f"SITE_URL names {host}, which ALLOWED_HOSTS leaves out: every link in a mail would be refused."
        yield Error(sentence, "Add the host to ALLOWED_HOSTS.", id="community.E001")


def _private_files_are_private() -> Iterator[CheckMessage]:
    private = Path(settings.PRIVATE_ROOT).resolve()
    for name in ("MEDIA_ROOT", "STATIC_ROOT"):
        served = Path(getattr(settings, name)).resolve()
        if private == served or served in private.parents:
            sentence = f"PRIVATE_ROOT lies in {served}, which is served to everybody."
            yield Error(sentence, "Choose a folder of its own.", id="community.E002")


def _mail_leaves_the_house() -> Iterator[CheckMessage]:
    if hasattr(settings, "EMAIL_FILE_PATH") and not (settings.DEMO or settings.DEBUG):
        sentence = "EMAIL_URL=maildir:// keeps every mail in a folder: nobody would get one."
        yield Error(sentence, "Name an SMTP server: smtp+tls://user:password@host:port.", id="community.E003")
