"""Measure pages against the bare view.

    python -m benchmarks.pages [--ambassadors 300] [--seconds 4] [--rounds 3]

Starts PostgreSQL, Valkey and gunicorn (2 workers) of its own in a temporary folder, fills a demo community, signs in, and asks each
page and the bare view in turn. Prints a line a page and exits 0 whatever it says.

The bare view (benchmarks/urls.py) makes one query for as many rows as the page shows and renders as much HTML, behind the same
middleware. A page as member is measured against the bare view of somebody who is signed in, which loads the session and the account as
every page does; a page as visitor against the bare view without a session.
"""

from __future__ import annotations

import argparse
import http.client
import statistics
import time

from benchmarks.load import run
from benchmarks.surroundings import gunicorn, manage, surroundings, told_by

# What it is called, where it is, whether a member asks for it, and what stands in the HTML once a row.
PAGES = [
    ("directory, as visitor", "/ambassadors/", False, 'person-card"'),
    ("directory, as member", "/ambassadors/", True, 'person-card"'),
    ("directory, searched", "/ambassadors/?q=evaluation", True, 'person-card"'),
    ("directory, filtered", "/ambassadors/?available=1", True, 'person-card"'),
    ("search, as member", "/search/?q=evaluation", True, 'class="hit"'),
    ("search, as visitor", "/search/?q=evaluation", False, 'class="hit"'),
    ("desk", "/desk/", True, "<article"),
    ("messages", "/messages/", True, 'thread-line"'),
]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure pages against the bare view.")
    parser.add_argument("--ambassadors", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with surroundings() as environment:
        demo = ["demo", "--ambassadors", str(options.ambassadors)]
        manage(environment, ["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], demo)
        measure(environment, options)


def measure(environment: dict[str, str], options: argparse.Namespace) -> None:
    session = told_by(environment, "benchmarks.session")
    with gunicorn(environment) as port:
        wait_for(port)
        for label, path, is_member, row in PAGES:
            headers = {"Cookie": f"sessionid={session}"} if is_member else {}
            print(f"{label:24} {row_of(port, path, headers, row, options)}", flush=True)


def row_of(port: int, path: str, headers: dict[str, str], row: str, options: argparse.Namespace) -> str:
    """Rounds of the page and the bare view in turn: the machine's own drift falls on both."""
    page = body_of(port, path, headers)
    size, rows = len(page), page.count(row.encode())
    rounds = [
        (
            run(port, path, seconds=options.seconds, headers=headers),
            run(port, f"/bare/{rows}/{size}/", seconds=options.seconds, headers=headers),
        )
        for _ in range(options.rounds)
    ]
    rate = statistics.median(page.rate for page, _ in rounds)
    ratio = statistics.median(bare.rate / page.rate for page, bare in rounds)
    p95 = statistics.median(page.p95 for page, _ in rounds)
    failures = sum(page.failures + bare.failures for page, bare in rounds)
    against = f"bare view {'signed in' if headers else 'as visitor'}"
    return f"{rate:7.1f} requests/s  {ratio:5.2f} x {against:20}  p95 {p95:6.1f} ms  {size:6} bytes  {rows:2} rows  {failures} failures"


def body_of(port: int, path: str, headers: dict[str, str]) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": f"localhost:{port}", **headers})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path} answers {answer.status}")
    return body


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            body_of(port, "/healthz", {})
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("gunicorn did not start")


if __name__ == "__main__":
    main()
