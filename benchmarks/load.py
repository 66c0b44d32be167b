"""A small load generator over keep-alive connections, so that a benchmark needs nothing but Python."""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """What one round measured: requests a second, and the time of a request in ms (median, 95th percentile)."""

    rate: float
    median: float
    p95: float
    failures: int


def run(port: int, path: str, *, seconds: float, connections: int = 4, headers: Mapping[str, str] | None = None) -> Load:
    """Ask for `path` again and again for `seconds` over `connections` connections, each as fast as it is answered."""
    times: list[float] = []
    failures: list[int] = []
    deadline = time.perf_counter() + seconds

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while (start := time.perf_counter()) < deadline:
            connection.request("GET", path, headers={"Host": f"localhost:{port}", **(headers or {})})
            answer = connection.getresponse()
            answer.read()
            times.append((time.perf_counter() - start) * 1000)
            if answer.status != 200:
                failures.append(answer.status)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(connections)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - started
    return Load(len(times) / taken, statistics.median(times), statistics.quantiles(times, n=20)[-1], len(failures))
