"""Who gets what from every address of the site. A URL name without a row fails."""

from __future__ import annotations

import copy
import importlib
import pathlib
import pkgutil
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests
from tests.access import LOGIN, WHO, Cast, Row

# Addresses of packages by how their names begin: each names the test that guards them.
ELSEWHERE = {
    "admin:": "tests/community/test_admin.py",
}


def rows() -> list[Row]:
    found: list[Row] = []
    for package in pkgutil.iter_modules(tests.__path__):
        folder = pathlib.Path(tests.__path__[0]) / package.name
        for file in sorted(folder.glob("*access.py")):
            if not file.name.startswith("test_"):
                found += importlib.import_module(f"tests.{package.name}.{file.stem}").ROWS
    return found


def names(patterns, prefix: str = "") -> set[str]:
    return set(all_names(patterns, prefix))


def all_names(patterns, prefix: str = "") -> list[str]:
    found: list[str] = []
    for entry in patterns:
        if isinstance(entry, URLResolver):
            found += all_names(entry.url_patterns, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern):
            found.append(f"{prefix}{entry.name}")
    return found


def test_every_url_name_has_a_row():
    """A name stands for one address: of two the later would hide the earlier, page and all."""
    ours = [name for name in all_names(get_resolver().url_patterns) if not name.startswith(tuple(ELSEWHERE))]
    assert [name for name in set(ours) if ":" in name and ours.count(name) > 1] == []  # of allauth's pages some are ours on purpose
    ours = set(ours)

    assert ours - {row.name for row in rows()} == set()
    assert {row.name for row in rows()} - ours == set()


@pytest.fixture(scope="module")
def signed_in(lasting_cast) -> dict[str, Client]:
    """A browser for each of the cast, who has come in with it: also for whoever was put out since."""
    browsers = {who: Client() for who in WHO}
    for who, browser in browsers.items():
        if person := getattr(lasting_cast, who, None):
            browser.force_login(person)
    return browsers


@pytest.fixture
def cast(lasting_cast, db) -> Cast:
    return copy.deepcopy(lasting_cast)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.name}{row.query}")
def test_access(cast, signed_in, row, monkeypatch):
    """Each of the cast comes to the object as it was built: what one of them did is undone before the next comes."""
    if row.sure:
        monkeypatch.setattr("ambassadors.accounts.confirmation.recently_confirmed", lambda request: True)
    kwargs = row.build(cast)
    got = {}
    for who in WHO:
        before = transaction.savepoint()  # a bare one: a durable block may begin within it
        got[who] = answer_to(copy.deepcopy(cast), row, kwargs, copy.deepcopy(signed_in[who].cookies), who)
        transaction.savepoint_rollback(before)
        cache.clear()

    assert got == dict(zip(WHO, row.expect, strict=True))


def answer_to(cast, row: Row, kwargs: dict[str, Any], cookies: SimpleCookie, who: str) -> int | str:
    """Ask for the row's address with somebody's cookies, and return the status. What that does to the row's state must be what the row allows."""
    client = Client()
    client.cookies = cookies
    url = reverse(row.name, kwargs=kwargs) + row.query
    before = row.state() if row.state else None

    response = getattr(client, row.method)(url, row.data(cast) if row.method == "post" else {})

    if response.streaming:
        b"".join(response.streaming_content)  # to its end, which closes the file
    to_login = response.status_code == 302 and response.headers.get("Location", "").startswith("/accounts/login/")
    if row.state:
        allowed = row.method == "post" and not to_login and response.status_code < 400
        assert (row.state() != before) == allowed, f"{who}: {response.status_code}, and the state says something else"
    return LOGIN if to_login else response.status_code
