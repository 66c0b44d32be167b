"""A person with a browser without JavaScript, who keeps a clock beside it."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

import requests

PASSWORD = "a long enough password"

LONGEST = 3.0  # seconds a page may take, whatever is down


@dataclass(frozen=True)
class Visit:
    """One page asked for."""

    what: str
    status: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.what}: {self.status} in {self.seconds:.2f} s"


class Visitor:
    """Asks for pages, fills forms in, and notes down how long it took. `name` signs in; None does not."""

    def __init__(self, site_url: str, name: str | None, visits: list[Visit]) -> None:
        self.site_url, self.name, self.visits = site_url, name, visits
        self.browser = requests.Session()
        self.browser.trust_env = False

    def get(self, path: str) -> requests.Response:
        return self._ask("get", path)

    def post(self, path: str, *, form_on: str = "", **data: str | list[str]) -> requests.Response:
        """Open the page with the form, then send it as a browser does."""
        page = self.get(form_on or path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        if token is None:
            raise AssertionError(f"{form_on or path} ({page.status_code}) has no form: {page.text[:500]}")
        return self._ask("post", path, data={"csrfmiddlewaretoken": token[1], **data})

    def sign_in(self, password: str = PASSWORD) -> requests.Response:
        assert self.name
        return self.post("/accounts/login/", login=address(self.name), password=password)

    def _ask(self, method: str, path: str, **options: object) -> requests.Response:
        begun = time.monotonic()
        response = self.browser.request(method, self.site_url + path, allow_redirects=False, timeout=60, **options)
        self.visits.append(Visit(f"{method.upper()} {path}", response.status_code, time.monotonic() - begun))
        return response


def slowest(visits: list[Visit]) -> Visit:
    return max(visits, key=lambda visit: visit.seconds)


def assert_all_kind(visits: list[Visit]) -> None:
    """Each page answered in time, and none with an error of ours."""
    assert visits
    unkind = [str(visit) for visit in visits if visit.status >= 500 or visit.seconds > LONGEST]
    assert not unkind, "\n".join(unkind)


def address(name: str) -> str:
    """The address which tests.make gives to a name."""
    return f"{name.lower().replace(' ', '-')}@people.example.org"
