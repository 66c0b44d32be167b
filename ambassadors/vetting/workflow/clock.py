"""What the clock does with cases: brings “not now” back on its day, reminds vetters, and tells the leads when nothing helps."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from ambassadors.models import Nomination, VettingAssignment
from ambassadors.vetting.days import morning_where_they_are, site_today
from ambassadors.vetting.rules import BEFORE_DECISION
from ambassadors.vetting.suggesting import is_here
from ambassadors.vetting.telling import tell_leads
from ambassadors.vetting.workflow.deciding import look_again_by_clock
from correspondence import outbox
from foundation.models import Via
from foundation.workflow import TransitionRefused, record

if TYPE_CHECKING:
    from django.db.models import QuerySet

AT_ONCE = 500
AFTER = (0, 4, 7)  # days past the due day: the first reminder, the second and last one, then the leads are told
TOLD = len(AFTER)  # `reminders` of an assignment about which the leads know


def come_back(today: date | None = None) -> int:
    """Take up each “not now” whose day has come; return how many. Of two clocks one finds nothing to do."""
    due = Nomination.objects.filter(status="not now", revisit_on__lte=today or site_today()).order_by("revisit_on", "pk")
    return sum(_come_back(nomination) for nomination in due[:AT_ONCE])


@transaction.atomic
def _come_back(nomination: Nomination) -> int:
    day = nomination.revisit_on
    try:
        look_again_by_clock(nomination)
    except TransitionRefused:  # a lead, a nominator or another clock was quicker
        return 0
    tell_leads("came back", nomination, key=f"{nomination.pk}:{day}")
    return 1


def remind(now: datetime | None = None) -> int:
    """Remind vetters whose day has come, at most twice, then tell the leads; return how many mails were posted."""
    moment = now or timezone.now()
    return sum(_remind(one, moment) for one in _late(moment)[:AT_ONCE])


def _late(now: datetime) -> QuerySet[VettingAssignment]:
    """Those for which the next word is due, each in the morning of the day it is where the vetter is."""
    waiting = VettingAssignment.objects.waiting().filter(nomination__status__in=BEFORE_DECISION, reminders__lt=TOLD)
    next_word = Q(pk__in=[])
    for said, days in enumerate(AFTER):
        next_word |= Q(reminders=said, due_on__lte=F("day_there") - timedelta(days=days))
    rows = waiting.annotate(day_there=morning_where_they_are("vetter__time_zone", now)).filter(next_word)
    found: QuerySet[VettingAssignment] = rows.select_related("vetter", "nomination").order_by("pk")
    return found


@transaction.atomic
def _remind(one: VettingAssignment, now: datetime) -> int:
    said = one.reminders
    reached = one.vetter is not None and one.vetter.is_member and is_here(one.vetter, now)
    following = said + 1 if reached else TOLD
    # The number that was read is the token: of two clocks one changes the row, and only that one writes.
    claimed = VettingAssignment.objects.waiting().filter(pk=one.pk, reminders=said)
    if not claimed.update(reminders=following, reminded_at=now):
        return 0
    if following < TOLD:
        record("reminded the vetter", one, by=None, via=Via.CLOCK)
        outbox.post("vetting_reminder", one.vetter, key=f"vetting-reminder:{one.pk}:{following}", assignment=one.pk)
    else:
        record("told the leads that nothing came", one, by=None, via=Via.CLOCK)
        tell_leads("silent" if reached else "away", one.nomination, key=str(one.pk))
    return 1
