"""What a page costs inside one process: queries, rows fetched, time in the database, time in all; the least of many tries, in ms.

    python -m benchmarks.inside [--addresses]

Asks the database that DATABASE_URL names, filled by `manage.py demo`. The least, because a busy machine only ever adds.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import django

django.setup()

from bs4 import BeautifulSoup  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.session import busiest  # noqa: E402
from discussions.models import Thread  # noqa: E402

TRIES = 30


@dataclass
class Cost:
    """Of one request."""

    queries: int = 0
    database: float = 0
    whole: float = 0


def addresses() -> dict[str, tuple[str, bool, str]]:
    """What is measured: its address, whether a member asks, and what stands in the HTML once a row."""
    hot = Thread.objects.order_by("-last_number")[0]
    deep = f"{hot.get_absolute_url()}?page={hot.last_number // 40}"
    small = Thread.objects.filter(last_number__gte=20, space=hot.space).order_by("last_number", "pk")[0]
    author = hot.started_by.name if hot.started_by else ""
    return {
        "thread list": ("/discussions/", True, '<li class="thread-row'),
        "thread of 20 posts": (small.get_absolute_url(), True, 'class="post__name"'),
        "thread of 5,000 posts": (hot.get_absolute_url(), True, 'class="post__name"'),
        "thread of 5,000 posts, midway": (deep, True, 'class="post__name"'),
        "search, a common word": ("/search/?q=people", True, 'class="hit"'),
        "search, a rarer word": ("/search/?q=evaluation", True, 'class="hit"'),
        "search, two words": ("/search/?q=family+questions", True, 'class="hit"'),
        "search, a name misspelt": ("/search/?q=desmnod", True, 'class="hit"'),
        "search, a word misspelt": ("/search/?q=evalutaion", True, 'class="hit"'),
        "search, nothing to be found": ("/search/?q=zyxwvut", True, 'class="hit"'),
        "search, posts of a space": (f"/search/?q=people&kind=post&place=space:{hot.space_id}", True, 'class="hit"'),
        "search, of an author": (f"/search/?q=people&author={author.replace(' ', '+')}", True, 'class="hit"'),
        "search, as visitor": ("/search/?q=evaluation", False, 'class="hit"'),
        "directory, searched": ("/ambassadors/?q=evaluation", True, 'person-card"'),
    }


@contextmanager
def counted() -> Iterator[Cost]:
    cost, started = Cost(), time.perf_counter()

    def count(execute: Callable[..., Any], *statement: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*statement)
        finally:
            cost.queries += 1
            cost.database += (time.perf_counter() - began) * 1000

    with connection.execute_wrapper(count):
        yield cost
    cost.whole = (time.perf_counter() - started) * 1000


def cost_of(client: Client, path: str) -> Cost:
    tries = []
    for _ in range(TRIES):
        with counted() as cost:
            answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answers {answer.status_code}")
        tries.append(cost)
    return Cost(tries[-1].queries, min(one.database for one in tries), min(one.whole for one in tries))


def line(label: str, cost: Cost, *more: str) -> str:
    return f"{label:32} {cost.queries:3} queries  {cost.database:7.2f} ms database  {cost.whole:7.2f} ms in all  {' '.join(more)}".rstrip()


def answers(client: Client, thread: Thread) -> list[Cost]:
    """Some answers, each sent from a form of its own as the page gives it."""
    costs = []
    for number in range(TRIES):
        form = BeautifulSoup(client.get(thread.get_absolute_url()).content, "html.parser").find(
            "form", action=f"/discussions/{thread.pk}/reply/"
        )
        hidden = {field["name"]: field.get("value", "") for field in form.find_all("input", type="hidden")} if form else {}
        with counted() as cost:
            answer = client.post(f"/discussions/{thread.pk}/reply/", {**hidden, "body": f"<p>Answer number {number} of a few.</p>"})
        if answer.status_code != 302:
            raise SystemExit(f"an answer to {thread.pk} answers {answer.status_code}")
        costs.append(cost)
    return costs


def main() -> None:
    pages = addresses()
    if "--addresses" in sys.argv:
        print(json.dumps(pages))
        return
    member, visitor = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    member.force_login(busiest())
    for label, (path, is_member, _row) in pages.items():
        print(line(label, cost_of(member if is_member else visitor, path)), flush=True)
    costs = answers(member, Thread.objects.order_by("-last_number")[0])
    middle = statistics.median(cost.whole for cost in costs)
    least = Cost(costs[-1].queries, min(cost.database for cost in costs), min(cost.whole for cost in costs))
    print(line("an answer in the thread of 5,000", least, f"(median {middle:.2f} ms)"))


if __name__ == "__main__":
    main()
