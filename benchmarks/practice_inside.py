"""What the pages of a practice cost inside one process: queries, time in the database, time in all; the least of many tries, in ms.

    python -m benchmarks.practice_inside "$(python -m benchmarks.organization)"

Asks the database that DATABASE_URL names.
"""

from __future__ import annotations

import json
import sys

from django.conf import settings
from django.test import Client

import benchmarks.inside  # noqa: F401  sets Django up
from benchmarks.inside import Cost, cost_of, counted, line
from benchmarks.practice import pages
from practice.results.remembered import remembered


def anew(member: Client, path: str) -> Cost:
    """What it costs when no process has drawn it yet."""
    tries = []
    for _time in range(10):
        remembered.pages.clear()
        with counted() as cost:
            member.get(path)
        tries.append(cost)
    return Cost(tries[-1].queries, min(one.database for one in tries), min(one.whole for one in tries))


def main() -> None:
    told = json.loads(sys.argv[1])
    member = Client(SERVER_NAME="localhost")
    member.cookies[settings.SESSION_COOKIE_NAME] = told["session"]
    for label, (path, _row) in pages(told).items():
        print(line(f"{label}, drawn anew", anew(member, path)), flush=True)
        print(line(label, cost_of(member, path)), flush=True)
    print(line("the workbook (XLSX)", cost_of(member, f"/practice/sessions/{told['round']}/files/all.xlsx")), flush=True)


if __name__ == "__main__":
    main()
