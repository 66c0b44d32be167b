from __future__ import annotations

import ast

import pytest

from tests.sources import code, where

# What a server could be talked into asking somebody's address with. smtplib and imaplib speak to the mail servers of the settings only.
# Who may ask addresses all the same: the supervisor and the health check ask this machine, the check of links asks only hosts
# of the public internet (tests/products/test_resource_use.py).
ASKERS = {("community", "supervisor.py"), ("community", "health.py"), ("resources", "links.py")}
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
        if path.parts[-2:] not in ASKERS
        for name, line in imported(path)
        if name in CLIENTS or name.split(".")[0] in CLIENTS
    ]

    assert fetching == []
