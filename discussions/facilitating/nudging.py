"""Asking quiet members for their view: privately, and once a person and thread, whoever of the leaders asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence import outbox
from discussions import rules
from discussions.facilitating.spoken import quiet
from discussions.models import Nudge, Thread
from foundation.models import Via
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.models import User

AT_ONCE = 10


def may_nudge(user: User, thread: Thread) -> bool:
    """Whoever leads the space, while the thread can be added to."""
    return thread.status == Thread.Status.OPEN and rules.leads(user, thread.space) and rules.may_answer(user, thread)


@transaction.atomic
def nudge(thread: Thread, *, by: User, people: Iterable[User], words: str = "", via: Via = Via.WEB) -> int:
    """Ask `people` for their view and return how many were asked now: whoever spoke or was asked before is left out.

    Raises PermissionDenied when `by` does not lead the space, or the thread takes nothing more.
    """
    if not may_nudge(by, thread):
        raise PermissionDenied(_("Only those who lead a space ask for somebody's view in it."))
    keys = [person.pk for person in people]
    allowed = quiet(by, thread).filter(pk__in=keys).values_list("pk", flat=True)[:AT_ONCE]
    now = timezone.now()
    rows = [Nudge(thread=thread, person_id=pk, by=by, words=words.strip()[:500], at=now) for pk in allowed]
    # Two leaders may ask the same person at once: the constraint leaves out the second row, and the key of the mail the second mail.
    Nudge.objects.bulk_create(rows, ignore_conflicts=True)
    new = list(Nudge.objects.filter(thread=thread, by=by, at=now, person__in=keys).values_list("person", flat=True))
    outbox.post_many("nudge", new, key=f"nudge:{thread.pk}", thread=thread.pk)
    if new:
        record("asked quiet members for their view", thread, by=by, via=via)
    return len(new)
