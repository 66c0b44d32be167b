"""Measure a public page from the page cache against a static string of its size, and a spike of visitors as its entry ends.

    python -m benchmarks.page_cache [--seconds 4] [--rounds 3] [--page /community/]

Starts PostgreSQL, Valkey and gunicorn (2 workers) of its own. The static string is answered by the first middleware: no session, no
address, no cache. Budget (DESIGN.md, section 8): at least 60 % of its requests a second.
"""

from __future__ import annotations

import argparse
import statistics

from benchmarks.load import Load, run
from benchmarks.pages import body_of, wait_for
from benchmarks.surroundings import gunicorn, manage, surroundings


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the page cache.")
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--page", default="/community/")
    options = parser.parse_args()
    founding = ["found", "--name", "Tidemark", "--staff", "amina@tidemark.example"]
    with surroundings() as environment:
        manage(environment, ["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], founding)
        with gunicorn(environment) as port:
            wait_for(port)
            compare(port, options, size=len(body_of(port, options.page, {})))


def compare(port: int, options: argparse.Namespace, size: int) -> None:
    rounds = [
        {
            name: run(port, path, seconds=options.seconds, headers=headers)
            for name, path, headers in (
                ("static string", f"/static-string/{size}/", {}),
                ("from the cache", options.page, {}),
                ("confirmed (304)", options.page, {"If-None-Match": "*"}),
                ("rendered (bypass)", f"{options.page}?anything=1", {}),
            )
        }
        for _ in range(options.rounds)
    ]
    print(f"{options.page}, {size} bytes, {options.rounds} rounds of {options.seconds} s, 4 connections, 2 workers")
    for name in rounds[0]:
        rate = statistics.median(one[name].rate for one in rounds)
        share = statistics.median(one[name].rate / one["static string"].rate for one in rounds)
        loads: list[Load] = [one[name] for one in rounds]
        p95 = statistics.median(load.p95 for load in loads)
        print(f"  {name:18} {rate:7.1f} requests/s  {share:6.1%} of the static string  p95 {p95:5.1f} ms", flush=True)


if __name__ == "__main__":
    main()
