"""The environment, read once and typed. Nonsense becomes one sentence naming the variable, never a traceback deep inside Django."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from correspondence import providers

HOST = re.compile(r"\[[0-9a-f:.]+\]|\.?(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*\.?", re.IGNORECASE)
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
    refuse(not value, f"{name} is not set: see the table of settings in README.md.")
    refuse(not (value.isascii() and value.isdecimal()), f"{name}={value!r}: expected a whole number of zero or more.")
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


def refuse(nonsense: bool, sentence: str) -> None:
    """End the reading of the settings with `sentence` when they are nonsense."""
    if nonsense:
        raise ImproperlyConfigured(sentence)


def hosts(name: str) -> list[str]:
    """Return a comma-separated variable of host names. A bare * is none: mail would link to whatever host a stranger asked for."""
    for word in words(name):
        refuse(not HOST.fullmatch(word), f"{name}: {word!r} is not a host name such as community.example.org.")
    return words(name)


def host(name: str, *, default: str) -> str:
    """Return the variable as one host name."""
    value = text(name, default=default)
    refuse(not HOST.fullmatch(value) or value.startswith("."), f"{name}={value!r}: expected a host name such as mail.example.org.")
    return value.lower()


def site(name: str, *, default: str) -> str:
    """Return the variable as the address of a site: scheme, host and perhaps port, with nothing after it."""
    parts = url(name, schemes={"http", "https"}, default=default)
    whole = parts.hostname and not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    refuse(not whole, f"{name}={parts.geturl()!r}: expected something like https://community.example.org.")
    return f"{parts.scheme}://{parts.netloc}"


def words(name: str) -> list[str]:
    """Return a comma-separated variable as a list."""
    return [word.strip() for word in text(name, default="").split(",") if word.strip()]


def url(name: str, *, schemes: set[str], default: str | None = None) -> SplitResult:
    """Return the variable as a URL of one of the schemes."""
    value = text(name, default=default)
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not a URL: {error}.") from error
    refuse(parts.scheme not in schemes, f"{name} must start with one of: {', '.join(sorted(s + '://' for s in schemes))}.")
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
    unset = not (os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"))
    refuse(unset, "DATABASE_URL is not set and no embedded PostgreSQL runs: set it, or start with `make run`.")
    parts = url("DATABASE_URL", schemes={"postgres", "postgresql"})
    refuse(not parts.path.strip("/"), "DATABASE_URL names no database: expected postgres://user:password@host:port/name.")
    settings = dict(environ.Env.db_url_config(text("DATABASE_URL")))
    settings["HOST"] = unquote(settings["HOST"])  # a socket's folder is written %2Flike%2Fthis
    return settings


def redis() -> str:
    """Return REDIS_URL (redis://:password@host:port/number, or rediss:// for an encrypted connection)."""
    parts = url("REDIS_URL", schemes={"redis", "rediss"})
    whole = parts.hostname and re.fullmatch(r"(/\d*)?", parts.path)
    refuse(not whole, "REDIS_URL: expected redis://:password@host:port/number.")
    return parts.geturl()


def imap(name: str) -> str:
    """Return the variable, the address of a mailbox such as imaps://user:password@host/INBOX, or nothing when it is unset."""
    if not (os.environ.get(name) or os.environ.get(f"{name}_FILE")):
        return ""
    parts = url(name, schemes={"imap", "imaps"})
    whole = parts.hostname and parts.username and parts.password
    refuse(not whole, f"{name}: expected imaps://user:password@host:port/INBOX.")
    return parts.geturl()


def mail_providers() -> tuple[list[str], dict[str, str]]:
    """Return the providers of MAIL_PROVIDERS, whose webhooks are open, and what proves their calls (ANYMAIL_*)."""
    names = words("MAIL_PROVIDERS")
    known = {name: value for name in providers.setting_names() if (value := text(f"ANYMAIL_{name}", default=""))}
    wrong = providers.what_is_wrong(names, known)
    refuse(bool(wrong), wrong)
    return names, known


def refuse_nonsense() -> None:
    """End this program with a sentence when the settings are nonsense: for programs which would go on, or print a traceback."""
    from community.checks import check_settings  # deferred: reads the settings, which read this module

    try:
        sentences = [f"{found.msg} {found.hint}" for found in check_settings()]
    except ImproperlyConfigured as error:
        sentences = [str(error)]
    if sentences:
        sys.stderr.write("\n".join(sentences) + "\n")
        sys.exit(1)


def email() -> dict[str, Any]:
    """Return Django's EMAIL_* settings for EMAIL_URL: smtp://, smtp+tls://, smtp+ssl:// or maildir:///folder (the demo's)."""
    parts = url("EMAIL_URL", schemes={"smtp", "smtp+tls", "smtp+ssl", "maildir"})
    if parts.scheme == "maildir":
        return {"EMAIL_BACKEND": "correspondence.backends.MaildirBackend", "EMAIL_FILE_PATH": unquote(parts.path)}
    refuse(not parts.hostname, "EMAIL_URL names no host: expected smtp+tls://user:password@host:port.")
    return {
        "EMAIL_BACKEND": "correspondence.backends.SMTPBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtp+ssl",
    }
