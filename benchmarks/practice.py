"""Measure how an organisation looks at itself: 200 respondents, 150 proof points, two rounds.

    python -m benchmarks.practice [--seconds 4] [--rounds 3] [--inside-only]

Starts PostgreSQL, Valkey and gunicorn (2 workers) of its own, fills them by benchmarks/organization.py, and prints what each page costs
inside one process (benchmarks/inside.py), when its drawings are remembered and when nothing is; then its requests a second against those
of the bare view (benchmarks/pages.py), and how long it takes to keep one principle and to fetch the workbook. Budget (DESIGN.md,
section 8): results within 12 queries and twice the time of the bare view.
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import sys
import time
from urllib.parse import urlencode

from benchmarks.pages import body_of, row_of, wait_for
from benchmarks.surroundings import gunicorn, manage, surroundings, told_by

POINTS = [f"a-point-1-1-{number}" for number in range(1, 6)]


def pages(told: dict[str, str]) -> dict[str, tuple[str, str]]:
    """What is measured: its address, and what stands in the HTML once a row."""
    results = f"/practice/sessions/{told['round']}/results/"
    return {
        "results": (results, 'class="profile-line__name"'),
        "results of a module": (f"{results}{told['module']}/", 'class="spread"'),
        "results by group": (f"{results}groups/", 'class="by-group__line"'),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how an organisation looks at itself.")
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--inside-only", action="store_true", help="leave the requests a second out")
    options = parser.parse_args()
    founding = ["found", "--name", "Tidemark", "--staff", "amina@tidemark.example"]
    with surroundings() as environment:
        manage(environment, ["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], founding)
        told = json.loads(told_by(environment, "benchmarks.organization"))
        print(told_by(environment, "benchmarks.practice_inside", json.dumps(told)), flush=True)
        if not options.inside_only:
            measure(environment, told, options)


def measure(environment: dict[str, str], told: dict[str, str], options: argparse.Namespace) -> None:
    headers = {"Cookie": f"sessionid={told['session']}"}
    with gunicorn(environment) as port:
        wait_for(port)
        for label, (path, row) in pages(told).items():
            for _worker in range(6):
                body_of(port, path, headers)  # both workers have drawn it
            print(f"{label:24} {row_of(port, path, headers, row, options)}", flush=True)
        kept = [keep(port, told["link"], 1 + number % 5) for number in range(100)]
        fetched = [timed(port, f"/practice/sessions/{told['round']}/files/all.xlsx", headers) for _time in range(10)]
    for label, times in (("keeping a principle", kept), ("the workbook (XLSX)", fetched)):
        print(
            f"{label:24} median {statistics.median(times):.1f} ms, 95th percentile {statistics.quantiles(times, n=20)[-1]:.1f} ms"
        )


def timed(port: int, path: str, headers: dict[str, str]) -> float:
    begun = time.perf_counter()
    body_of(port, path, headers)
    return (time.perf_counter() - begun) * 1000


def keep(port: int, link: str, place: int) -> float:
    """Send one principle, as its page does while one goes; return in how many ms it was kept."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", f"{link}principle-1-1/", headers={"Host": f"localhost:{port}"})
    page = connection.getresponse()
    text, cookie = page.read().decode(), page.headers["Set-Cookie"].partition(";")[0]
    token = text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    body = urlencode({"csrfmiddlewaretoken": token, "weight": "2"} | dict.fromkeys(POINTS, str(place)))
    sent = {"Host": f"localhost:{port}", "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    begun = time.perf_counter()
    connection.request("POST", f"{link}principle-1-1/autosave/", body=body, headers=sent)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 204:
        raise SystemExit(f"keeping a principle answers {answer.status}")
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    sys.exit(main())
