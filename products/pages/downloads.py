"""How often a file was fetched: a number a day, and nothing of whoever fetched it.

A hit costs no statement: it is counted in the cache, and a task writes what came together into one row a file and day, every minute. What
the cache loses is a minute of counting. What fetches by itself is not counted: a second piece of a file, a look before somebody presses,
a robot that says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Sum
from django.http import HttpRequest
from django.utils import timezone

from products.models import Download, EditionFile

KEPT = 3 * 24 * 3600  # seconds: longer than a worker is down unnoticed
AT_ONCE = 500
ROBOTS = re.compile(r"bot|crawl|spider|slurp|preview|fetch|monitor|curl|wget|python|headless", re.IGNORECASE)


def is_counted(request: HttpRequest) -> bool:
    """Whether somebody takes the file home with this request."""
    if request.method != "GET" or ROBOTS.search(request.headers.get("User-Agent", "")):
        return False
    if "prefetch" in request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", ""):
        return False
    return request.headers.get("Range", "bytes=0-").replace(" ", "").startswith("bytes=0-")


def count_download(file: EditionFile) -> None:
    """Count one."""
    key = _key(file.pk, timezone.localdate())
    cache.add(key, 0, KEPT)
    try:
        cache.incr(key)
    except ValueError:  # it ran out between the two lines, or there is no cache
        return


def write_downloads() -> int:
    """Write what was counted since the last time, and return how much that was. Two at once write nothing twice."""
    today = timezone.localdate()
    days = [today - timedelta(days=back) for back in range(3)]
    files = EditionFile.objects.filter(edition__published_at__isnull=False).values_list("pk", flat=True)  # unscoped: numbers
    return sum(_write(pk, day, count) for pk, day, count in _taken(list(files), days))


def downloads_of(files: list[int]) -> dict[int, int]:
    """How often each of some files was fetched, as far as it is written."""
    rows = Download.objects.filter(file__in=files).values("file").annotate(total=Sum("count"))  # unscoped: numbers alone
    return {row["file"]: row["total"] for row in rows}


def _taken(files: list[int], days: list[date]) -> Iterator[tuple[int, date, int]]:
    wanted = {_key(pk, day): (pk, day) for pk in files for day in days}
    keys = list(wanted)
    for start in range(0, len(keys), AT_ONCE):
        for key, count in cache.get_many(keys[start : start + AT_ONCE]).items():
            if count > 0 and _take(key, count):
                yield *wanted[key], count


def _take(key: str, count: int) -> bool:
    # Another worker may have read the same number: whoever comes second finds less than nothing there, and puts it back.
    try:
        if cache.incr(key, -count) >= 0:
            return True
        cache.incr(key, count)
    except ValueError:
        pass
    return False


@transaction.atomic
def _write(file: int, day: date, count: int) -> int:
    Download.objects.get_or_create(file_id=file, day=day)
    Download.objects.filter(file=file, day=day).update(count=F("count") + count)  # unscoped: a number
    return count


def _key(file: int, day: date) -> str:
    return f"downloads:{file}:{day:%Y%m%d}"
