"""The port of the demo: the wished one, or the next that is free."""

from __future__ import annotations

import contextlib
import os
import socket


def wished_port() -> int:
    """Return what PORT asks for."""
    wished = os.environ.get("PORT") or "8000"
    if not wished.isdecimal() or not 1 <= int(wished) <= 65535:
        raise ValueError(f"PORT={wished!r}: expected a number from 1 to 65535.")
    return int(wished)


def listen(wished: int) -> list[socket.socket]:
    """Take the wished port, or the next free one, on both loopback addresses: whoever holds the socket has no race to lose."""
    for port in range(wished, min(wished + 100, 65536)):
        with contextlib.suppress(OSError):
            return _take(port)
    raise ValueError(f"Port {wished} and those after it are taken or not allowed: choose another with PORT=….")


def _take(port: int) -> list[socket.socket]:
    with contextlib.ExitStack() as opened:
        sockets = [opened.enter_context(_bound(socket.AF_INET, "127.0.0.1", port))]
        if _has_ipv6_loopback():
            sockets.append(opened.enter_context(_bound(socket.AF_INET6, "::1", port)))
        for each in sockets:
            each.listen(512)
        opened.pop_all()
        return sockets


def _bound(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
    except OSError:
        opened.close()
        raise
    return opened


def _has_ipv6_loopback() -> bool:
    try:
        _bound(socket.AF_INET6, "::1", 0).close()
    except OSError:
        return False
    return True
