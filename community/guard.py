"""Clears up after a supervisor that was killed. Its own program, of the standard library alone, so that it starts at once.

It reads `PROCESS SIGNAL` lines from the supervisor, one a service, and waits. When the pipe closes without the word `done`, the
supervisor is gone: the guard stops the groups that those processes lead, the last one first.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterable
from pathlib import Path

PATIENCE = 3.0


def main(lines: Iterable[str]) -> None:
    """Wait for the end of `lines`, then stop whatever they named."""
    groups: list[tuple[int, int]] = []
    for line in lines:
        if line.strip() == "done":
            return
        pid, number = line.split()
        groups.append((int(pid), int(number)))
    for group, stop_signal in reversed(groups):
        _stop(group, stop_signal)


def _stop(group: int, stop_signal: int) -> None:
    deadline = time.monotonic() + PATIENCE
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(group, stop_signal)
        while _runs(group) and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(group, signal.SIGKILL)


def _runs(pid: int) -> bool:
    """Whether the process is there and is not just waiting to be reaped, which not every container's first process does."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return not Path("/proc/self").exists()
    return False


if __name__ == "__main__":
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    main(sys.stdin)
