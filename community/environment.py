"""The environment, read once and typed. Nonsense becomes one sentence naming the variable, never a traceback deep inside Django."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def flag(name: str, *, default: bool = False) -> bool:
    """Return the variable as true or false."""
    value = os.environ.get(name, "").strip().lower()
    if name not in os.environ:
        return default
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name}={value!r}: expected true or false.")
    return value in YES


def number(name: str, *, default: int | None = None) -> int:
    """Return the variable as a whole number of zero or more."""
    value = os.environ.get(name, "")
    if not value and default is not None:
        return default
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name}={value!r}: expected a whole number of zero or more.")
    return int(value)


def text(name: str, *, default: str | None = None) -> str:
    """Return the variable, or the content of the file that NAME_FILE names."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE={path!r} cannot be read: {error.strerror}.") from error
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set: see the table of settings in README.md.")
    return value


def words(name: str) -> list[str]:
    """Return a comma-separated variable as a list."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def url(name: str, *, schemes: set[str], default: str | None = None) -> SplitResult:
    """Return the variable as a URL of one of the schemes."""
    value = text(name, default=default)
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not a URL: {error}.") from error
    if parts.scheme not in schemes:
        raise ImproperlyConfigured(f"{name} must start with one of: {', '.join(sorted(s + '://' for s in schemes))}.")
    return parts


def service_urls(services_file: Path) -> None:
    """Let other commands of this checkout use the site that `manage.py run` has running: what is unset is taken from its notes.

    An environment with a SECRET_KEY is complete in itself, and notes of a run that was killed are stale.
    """
    if "SECRET_KEY" in os.environ or "SECRET_KEY_FILE" in os.environ or not services_file.exists():
        return
    with services_file.with_name("run.lock").open("a+", encoding="utf-8") as lock, contextlib.suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return  # nobody holds the lock
    for name, value in json.loads(services_file.read_text(encoding="utf-8")).items():
        os.environ.setdefault(name, value)


def database() -> dict[str, Any]:
    """Return Django's settings for DATABASE_URL (postgres://user:password@host:port/name)."""
    if "DATABASE_URL" not in os.environ and "DATABASE_URL_FILE" not in os.environ:
        raise ImproperlyConfigured("DATABASE_URL is not set and no embedded PostgreSQL runs: set it, or start with `make run`.")
    url("DATABASE_URL", schemes={"postgres", "postgresql"})
    settings = dict(environ.Env.db_url_config(text("DATABASE_URL")))
    settings["HOST"] = unquote(settings["HOST"])  # a socket's folder is written %2Flike%2Fthis
    return settings


def email() -> dict[str, Any]:
    """Return Django's EMAIL_* settings for EMAIL_URL: smtp://, smtp+tls://, smtp+ssl:// or maildir:///folder (the demo's)."""
    parts = url("EMAIL_URL", schemes={"smtp", "smtp+tls", "smtp+ssl", "maildir"})
    if parts.scheme == "maildir":
        return {"EMAIL_BACKEND": "correspondence.backends.MaildirBackend", "EMAIL_FILE_PATH": unquote(parts.path)}
    if not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL names no host: expected smtp+tls://user:password@host:port.")
    return {
        "EMAIL_BACKEND": "correspondence.backends.SMTPBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtp+ssl",
    }
