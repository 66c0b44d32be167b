"""Who gets what from every address of the site. A URL name without a row fails."""

from __future__ import annotations

import importlib
import pathlib
import pkgutil

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests
from tests.access import LOGIN, WHO, Row

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
    found: set[str] = set()
    for entry in patterns:
        if isinstance(entry, URLResolver):
            found |= names(entry.url_patterns, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern):
            found.add(f"{prefix}{entry.name}")
    return found


def test_every_url_name_has_a_row():
    ours = {name for name in names(get_resolver().url_patterns) if not name.startswith(tuple(ELSEWHERE))}

    assert ours - {row.name for row in rows()} == set()
    assert {row.name for row in rows()} - ours == set()


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.name}{row.query}")
def test_access(client, cast, row, who, monkeypatch):
    if row.sure:
        monkeypatch.setattr("ambassadors.accounts.confirmation.recently_confirmed", lambda request: True)
    url = reverse(row.name, kwargs=row.build(cast)) + row.query
    person = getattr(cast, who, None)
    if person is not None:
        client.force_login(person)
    before = row.state() if row.state else None

    response = getattr(client, row.method)(url, row.data(cast) if row.method == "post" else {})

    if response.streaming:
        b"".join(response.streaming_content)  # to its end, which closes the file

    expected = row.expect[WHO.index(who)]
    if expected == LOGIN:
        assert (response.status_code, response.headers.get("Location", "")[:16]) == (302, "/accounts/login/")
    else:
        assert response.status_code == expected
        assert not response.headers.get("Location", "").startswith("/accounts/login/")
    if row.state:
        allowed = row.method == "post" and expected != LOGIN and int(expected) < 400
        assert (row.state() != before) == allowed
