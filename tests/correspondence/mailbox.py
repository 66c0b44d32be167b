"""A real IMAP server on loopback, in a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from community.embedded import free_port


@contextmanager
def imap_server() -> Iterator[int]:
    """Run pymap with the mailbox of demouser (password demopass), and give its port."""
    port = free_port()
    process = subprocess.Popen(
        [
            sys.executable, "-W", "ignore", "-c", "from pymap.main import main; main()",
            "--host", "127.0.0.1", "--port", str(port), "--no-tls", "dict", "--demo-data",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        process.kill()
        process.wait(10)
