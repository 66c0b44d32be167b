"""Measure conversations: the list of threads, a thread of thousands of posts, search, and an answer.

    python -m benchmarks.discussions [--ambassadors 300 --threads 2000 --posts 40000] [--seconds 4] [--rounds 3] [--inside-only]

Starts PostgreSQL, Valkey and gunicorn (2 workers) of its own, fills a demo of the given size in bulk, and prints two tables: what each
page costs inside (queries, rows, time in the database; see benchmarks/inside.py), which is to be the same at ten times the size; and its
requests a second against those of the bare view, as benchmarks/pages.py tells them. With DATABASE_URL and REDIS_URL of a database that is
filled already, `python -m benchmarks.inside` prints the first table alone.
"""

from __future__ import annotations

import argparse
import json

from benchmarks.pages import row_of, wait_for
from benchmarks.surroundings import gunicorn, manage, surroundings, told_by


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure conversations.")
    for name, size in (("ambassadors", 300), ("threads", 2000), ("posts", 40000)):
        parser.add_argument(f"--{name}", type=int, default=size)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--inside-only", action="store_true", help="leave the requests a second out")
    options = parser.parse_args()
    size = [f"--{name}={getattr(options, name)}" for name in ("ambassadors", "threads", "posts")]
    with surroundings() as environment:
        manage(environment, ["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["demo", *size])
        print(" ".join(size))
        print(told_by(environment, "benchmarks.inside"), flush=True)
        if not options.inside_only:
            measure(environment, options)


def measure(environment: dict[str, str], options: argparse.Namespace) -> None:
    session = told_by(environment, "benchmarks.session")
    pages = json.loads(told_by(environment, "benchmarks.inside", "--addresses"))
    with gunicorn(environment) as port:
        wait_for(port)
        for label, (path, is_member, row) in pages.items():
            headers = {"Cookie": f"sessionid={session}"} if is_member else {}
            print(f"{label:32} {row_of(port, path, headers, row, options)}", flush=True)


if __name__ == "__main__":
    main()
