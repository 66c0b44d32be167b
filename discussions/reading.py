"""What is remembered of reading conversations: up to which post, and since when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.models import ReadMark, Thread
from foundation.reading import Mark, Source, sources

if TYPE_CHECKING:
    from ambassadors.models import User

SHOWN = 200


def marks_of(person: User) -> Iterable[Mark]:
    """The person's marks, the latest first. Of a thread that they can no longer read, the subject is not theirs either."""
    marks = ReadMark.objects.visible_to(person).select_related("thread").order_by("-read_at", "-pk")[:SHOWN]
    seen = set(Thread.objects.visible_to(person).filter(pk__in=[mark.thread_id for mark in marks]).values_list("pk", flat=True))
    for mark in marks:
        is_open = mark.thread_id in seen
        yield Mark(
            key=str(mark.thread_id),
            title=mark.thread.subject if is_open else _("A conversation that you can no longer read"),
            url=mark.thread.get_absolute_url() if is_open else "",
            text=_("Read up to post %(number)s") % {"number": mark.number},
            at=mark.read_at,
        )


def forget(person: User, key: str) -> int:
    """Delete one mark, or all."""
    marks = ReadMark.objects.visible_to(person)
    if key:
        marks = marks.filter(thread_id=int(key)) if key.isascii() and key.isdigit() and len(key) < 18 else marks.none()
    return int(marks.delete()[0])


def expire(before: datetime) -> int:
    """Delete marks made before a moment, and any that was written while its person switched the memory off."""
    old = Q(read_at__lt=before) | Q(person__remembers_reading=False)
    return int(ReadMark.objects.filter(old).delete()[0])  # unscoped: the machine forgets


sources.add(
    "threads",
    Source(
        gettext_lazy("Conversations"),
        marks_of,
        forget,
        expire,
        gettext_lazy("A private conversation of the last year whose mark you delete counts as new again."),
    ),
)
