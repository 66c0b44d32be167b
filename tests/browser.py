"""What browser tests stand on: the system's Chromium, a page that fails its test on the smallest complaint, and a way in.

`page` fails the test on any breach of the content security policy, console error, uncaught exception, failed or third-party request.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from community.celery import app

CHROMIUM = ("/usr/bin/chromium-headless-shell", "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
MISSING = (
    "No Chromium was found for the browser tests. Install it (Debian: apt install chromium-headless-shell), "
    "or run `make test-nobrowser`, which leaves these tests out."
)
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-gpu",  # nobody looks: the frames need not be put together by a graphics card that is no card either
    "--disable-software-rasterizer",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
# Reports a breach as the browser sees it, with the address of the page and what was refused.
WATCH = """document.addEventListener("securitypolicyviolation", (breach) => console.error(
  "content security policy: " + breach.violatedDirective + " refused " + (breach.blockedURI || "inline") + " " + breach.sample))"""


def chromium() -> str:
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        pytest.exit(MISSING, returncode=2)
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": chromium(), "args": QUIET}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items) -> None:
    """Whatever asks for a browser is a browser test, whether its author said so or not."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


class Watched:
    """A page's complaints, gathered while a test drives it. `expected` holds parts of complaints that the test provokes on purpose."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.expected: list[str] = []

    def on(self, page) -> None:
        page.add_init_script(WATCH)
        page.on("console", lambda message: message.type in {"error", "warning"} and self._hear(page, message.text))
        page.on("pageerror", lambda error: self._hear(page, f"uncaught: {error}"))
        page.on("request", lambda request: self._hear_request(page, request.url))

    def _hear_request(self, page, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob", "about"} and parts.hostname not in {"localhost", "127.0.0.1"}:
            self._hear(page, f"third-party request: {url}")

    def _hear(self, page, text: str) -> None:
        self.complaints.append(f"{urlsplit(page.url).path}: {text}")

    def unexpected(self) -> list[str]:
        return [said for said in self.complaints if not any(part in said for part in self.expected)]


@pytest.fixture
def watched() -> Iterator[Watched]:
    """Whatever the pages of this test complain of; fails the test when it ends with a complaint nobody expected."""
    watched = Watched()
    yield watched
    if watched.unexpected():
        pytest.fail("\n".join(watched.unexpected()))


@pytest.fixture
def open_page(browser, live_server, watched, settings) -> Iterator[Callable]:
    """`open_page(person=None, **options)`: a watched page in a context of its own, signed in as the person."""
    settings.PAGE_CACHE = True  # changes are committed here, so the cache is told of them
    contexts = []

    def open_page(person=None, **options):
        options.setdefault("viewport", DESKTOP)
        options.setdefault("reduced_motion", "reduce")  # a colour on its way to another is no colour to judge
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.site = live_server.url
        watched.on(page)
        if person is not None:
            sign_in(page, person)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def tasks_wait() -> Iterator[None]:
    """Tasks wait in the broker, as on a site whose workers are busy. For walks that look at pages: of what is mailed they see nothing."""
    app.conf.task_always_eager = False
    yield
    app.conf.task_always_eager = True
    app.control.purge()


@pytest.fixture
def page(open_page):
    """A watched page of a visitor at desktop size."""
    return open_page()


def sign_in(page, person) -> None:
    """Put the person's session into the page's browser, without the sign-in form."""
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": page.site}])


def loaded(page):
    """The page once it stands whole. A click waits only until the next page begins to arrive, and `all()` and `count()` wait for nothing."""
    page.wait_for_load_state()
    return page


def picture(page, name: str) -> Path:
    """Keep a picture of the whole page in var/screenshots."""
    path = Path("var/screenshots") / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True)
    return path
