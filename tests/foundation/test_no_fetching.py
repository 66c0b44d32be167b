from __future__ import annotations

import ast

import pytest

from tests.sources import code, where

# What a server could be talked into asking somebody's address with. smtplib and imaplib speak to the mail servers of the settings only.
CLIENTS = {"aiohttp", "ftplib", "http.client", "httpx", "requests", "urllib.request", "urllib3"}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


@pytest.mark.row("R28")
def test_nothing_in_the_house_can_fetch_an_address():
    fetching = [
        f"{where(path, line)}: {name}"
        for path in code()
        if path.parts[-2:] != ("community", "supervisor.py") and path.parts[-2:] != ("community", "health.py")
        for name, line in imported(path)
        if name in CLIENTS or name.split(".")[0] in CLIENTS
    ]

    assert fetching == []
