"""A kind of mail for tests, and a mail server of their own."""

from __future__ import annotations

import pytest

from correspondence.kinds import Kind, kinds
from tests.correspondence.smtp import MailServer


@pytest.fixture
def new_kind(monkeypatch):
    """Register kinds for one test; they share the templates `tests/templates/emails/note.*` by being copies of `note`."""
    monkeypatch.setattr(kinds, "_entries", dict(kinds._entries))

    def register(name: str = "note", **fields) -> Kind:
        fields.setdefault("context", lambda mail: {"text": mail.about.get("text", "O'Neil & Søn")})
        fields.setdefault("sample", lambda: {"text": "A sample"})
        return kinds.add(name, Kind(name=name, label=f"Kind {name}", **fields))

    return register


@pytest.fixture
def note(new_kind):
    """An optional mail about something nobody asked for."""
    return new_kind("note")


@pytest.fixture
def code(new_kind):
    """A mail that must come: no preference, no limit."""
    return new_kind("code", optional=False)


@pytest.fixture
def smtp(settings):
    """A mail server that takes everything until a test tells it otherwise; mail goes there."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "correspondence.backends.SMTPBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 2
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield server
