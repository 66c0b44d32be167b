"""One site and one mail server for the storms that a process runs. Each test leaves both as it found them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from tests.storm.mailserver import MailServer
from tests.storm.site import Site
from tests.storm.weather import Storm


@pytest.fixture(scope="session")
def mail_server():
    server = MailServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def site(mail_server):
    with tempfile.TemporaryDirectory(prefix="concentric-storm-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL may run as another user than root
        with Site(Path(folder), mail_server) as running:
            yield running


@pytest.fixture(scope="session")
def crew(site):
    return Storm(site)


@pytest.fixture
def storm(crew, record_property):
    """The people, and what they see. Afterwards everything runs again, and what happened is noted for the summary."""
    crew.begin()
    yield crew
    crew.site.mend()
    for name, value in crew.noted().items():
        record_property(name, value)


def pytest_terminal_summary(terminalreporter):
    """What became of the mails of each storm, and the slowest page in it."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports if hasattr(report, "user_properties")]
    noted = {report.nodeid: dict(report.user_properties) for report in reports if "mails" in dict(report.user_properties)}
    if noted:
        terminalreporter.section("storms")
    for name, facts in noted.items():
        mails = ", ".join(f"{count} {what}" for what, count in facts["mails"].items()) or "none"
        pages = f"{facts['pages']} pages, slowest {facts['slowest']}" if facts["pages"] else "no pages"
        terminalreporter.line(f"{name.partition('::')[2]}: mails {mails}; {pages}")
