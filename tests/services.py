"""Real PostgreSQL and Valkey for the tests, started before Django reads its settings.

Loaded as a plugin (`-p tests.services`), so that it runs ahead of pytest-django. The controller starts the services; the workers
of pytest-xdist get their addresses by environment and take a Valkey database each.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path

import pytest

from community import embedded
from community.staticfiles import SHEET, bundled
from tests import migrated
from tests.sources import ROOT

# Tests that walk for a minute. Left where they are they come last, and one worker walks alone while the other has nothing to do.
LONGEST = (
    "test_the_road_browser",
    "test_first_week_browser",
    "test_practice_browser",
    "test_browser_admin",
    "test_browser_states",
    "test_browser_pages",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what takes longest begin as soon as the tests that commit do."""
    first = next((place for place, item in enumerate(items) if item.get_closest_marker("browser")), None)
    if first is None:
        return
    rest = items[first:]
    items[first:] = sorted(rest, key=lambda item: not any(name in item.nodeid for name in LONGEST))


def _start() -> None:
    root = Path(tempfile.mkdtemp(prefix="concentric-test-"))
    root.chmod(0o755)
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    if "DATABASE_URL" not in os.environ:
        postgres = embedded.start_postgres(root, log=root / "log" / "postgres.log", durable=False)
        atexit.register(postgres.stop)
        os.environ["DATABASE_URL"] = postgres.url
        os.environ["MIGRATED"] = str(root / migrated.NAME)
    if "REDIS_URL" not in os.environ:
        valkey = embedded.start_valkey(root, log=root / "log" / "valkey.log")
        atexit.register(valkey.stop)
        os.environ["REDIS_URL"] = valkey.url
    os.environ["VAR_DIR"] = str(root / "var")
    (root / "var" / "static").mkdir(parents=True)
    _bundle_the_styles(root / "var" / "bundled" / SHEET)
    if "MIGRATED" in os.environ:
        migrated.begin(root / "log")


def _bundle_the_styles(sheet: Path) -> None:
    """Browsers are given what they get in production: one style sheet, not eighty."""
    sheet.parent.mkdir(parents=True)
    sheet.write_text(bundled(ROOT / "static" / SHEET))


def _own_valkey_database_and_files() -> None:
    worker = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw")) + 1
    os.environ["REDIS_URL"] = os.environ["REDIS_URL"].removesuffix("/0") + f"/{worker}"
    os.environ["PRIVATE_ROOT"] = f"{os.environ['VAR_DIR']}/private-{worker}"


os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's synchronous API runs a loop of its own
for name, value in {
    "SECRET_KEY": secrets.token_urlsafe(60),
    "SITE_URL": "http://localhost",
    "MAIL_DOMAIN": "mail.example.org",
    "DEMO": "1",
    "EMAIL_URL": "smtp://127.0.0.1:1",
}.items():
    os.environ.setdefault(name, value)
if "PYTEST_XDIST_WORKER" in os.environ:
    _own_valkey_database_and_files()
else:
    try:
        _start()
    except embedded.NotInstalled as error:
        pytest.exit(str(error), returncode=2)
