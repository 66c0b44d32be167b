"""No page asks anything of another host: what the browser asks for, what the policy lets it ask for, and that both would be noticed."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from tests.community.test_browser_pages import named, pages_of  # noqa: F401  a fixture

OURS = re.compile(r"'(?:self|none|sha256-[\w+/=]+|strict-dynamic)'|data:|blob:")
PIXEL = "https://elsewhere.example/pixel.png"
LOAD = f"""() => new Promise((done) => {{
  const picture = new Image(); picture.onload = picture.onerror = done; picture.src = "{PIXEL}"; document.body.append(picture); }})"""


def foreign_sources(policy: str) -> list[str]:
    """What of a content security policy names anything but this site itself."""
    directives = [directive.split() for directive in policy.split(";") if directive.strip()]
    return [f"{name} {source}" for name, *sources in directives for source in sources if not OURS.fullmatch(source)]


@pytest.mark.row("J7")
def test_no_public_page_loads_anything_from_elsewhere(open_page, named, cast, watched, settings, tmp_path):  # noqa: F811
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    watched.expected.append("/files/")  # the browser's own viewer of pictures wants styles of its own
    page = open_page()
    asked, policies = [], {}
    page.on("request", lambda request: asked.append(request.url))

    for path in (path for path in pages_of("visitor", cast, page) if not path.startswith("/dev/")):
        response = page.goto(path, wait_until="load")
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        policies[path] = foreign_sources(response.headers["content-security-policy"]) if response else []

    assert len(policies) > 25
    assert {path: found for path, found in policies.items() if found} == {}
    elsewhere = [url for url in asked if urlsplit(url).scheme not in {"data", "blob"} and not url.startswith(page.site)]
    assert elsewhere == []


def test_a_page_that_loads_from_elsewhere_fails_its_test_by_the_policy(open_page, named, watched):  # noqa: F811
    page = open_page()
    page.goto("/")

    page.evaluate(LOAD)

    said = " ".join(watched.unexpected())
    watched.complaints.clear()
    assert f"img-src refused {PIXEL}" in said


def test_a_page_that_loads_from_elsewhere_fails_its_test_without_a_policy_too(open_page, named, watched):  # noqa: F811
    page = open_page(bypass_csp=True)
    page.goto("/")

    page.evaluate(LOAD)

    said = watched.unexpected()
    watched.complaints.clear()
    assert f"/: third-party request: {PIXEL}" in said
