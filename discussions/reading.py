"""What is remembered of reading private conversations: up to which post, and since when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.models import Participant, Thread
from foundation.reading import Mark, Source, sources

if TYPE_CHECKING:
    from ambassadors.models import User

SHOWN = 200


def marks_of(person: User) -> Iterable[Mark]:
    """The person's marks, the latest first."""
    seen = Thread.objects.visible_to(person).values("pk")
    marks = Participant.objects.filter(person=person, read_number__gt=0).select_related("thread").order_by("-read_at", "-pk")
    for mark in marks[:SHOWN]:
        is_open = mark.thread_id in {row["pk"] for row in seen}
        yield Mark(
            key=str(mark.thread_id),
            title=mark.thread.subject,
            url=mark.thread.get_absolute_url() if is_open else "",
            text=_("Read up to post %(number)s") % {"number": mark.read_number},
            at=mark.read_at,
        )


def forget(person: User, key: str) -> int:
    """Delete one mark, or all."""
    marks = Participant.objects.filter(person=person, read_number__gt=0)
    if key:
        marks = marks.filter(thread_id=int(key)) if key.isascii() and key.isdigit() and len(key) < 18 else marks.none()
    return marks.update(read_number=0, read_at=None)


def expire(before: datetime) -> int:
    """Delete marks made before a moment, and any that was written while its person switched the memory off."""
    old = Q(read_at__lt=before) | Q(person__remembers_reading=False)
    return Participant.objects.filter(old, read_number__gt=0).update(read_number=0, read_at=None)


sources.add(
    "private threads",
    Source(
        gettext_lazy("Private conversations"),
        marks_of,
        forget,
        expire,
        gettext_lazy("A conversation of the last year whose mark you delete counts as new again."),
    ),
)
