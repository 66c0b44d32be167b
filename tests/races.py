"""Two things at the same moment, each on a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Run the jobs in threads, each with a connection of its own, and return what they returned or raised."""
    start, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def work(place, job):
        start.wait(timeout=10)
        try:
            results[place] = job()
        except Exception as error:  # noqa: BLE001 - whatever a job raises is its result
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results
