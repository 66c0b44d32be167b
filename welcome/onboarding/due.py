"""What comes due about first weeks: the clock asks every few minutes, and two clocks do no harm."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ambassadors.models import Ambassador
from correspondence import outbox, preferences
from correspondence.due import steps as clock
from correspondence.outbox import batched
from foundation.models import Via
from foundation.workflow import record
from welcome.models import Onboarding, WelcomeRules
from welcome.onboarding import workflow
from welcome.onboarding.standing import standings

AT_ONCE = 200
REMINDER = "first_weeks"


def settle_all() -> int:
    """Keep what newcomers have done since, and end what is over. It posts no mail."""
    old = timezone.now() - workflow.LASTS
    keys = Onboarding.objects.open().order_by("pk").values_list("pk", flat=True)
    for batch in batched(keys.iterator(chunk_size=AT_ONCE), AT_ONCE):
        rows = list(Onboarding.objects.filter(pk__in=batch))
        found = standings(rows)
        for row in rows:
            if found[row.pk].noticed or not found[row.pk].left or row.began_at < old:
                workflow.settle(row, found[row.pk])
    return 0


def remind() -> int:
    """Remind newcomers of what is left, twice at most in all; return how many. Nobody who is away, pausing or observing, and not of nothing."""
    now, first, second = timezone.now(), *_days()
    there = Ambassador.objects.available_on(now).filter(is_observing=False, user__is_active=True)
    due = Onboarding.objects.to_remind(now, first, second).filter(person__in=there.values("user"))
    due = due.exclude(person__in=preferences.who_switched_off(REMINDER)).order_by("pk")
    rows = list(due[:AT_ONCE])
    found = standings(rows)
    return sum(remind_one(row.pk) for row in rows if found[row.pk].left)


def _days() -> tuple[timedelta, timedelta]:
    rules = WelcomeRules.current()
    return timedelta(days=rules.first_reminder_days), timedelta(days=rules.second_reminder_days)


@transaction.atomic
def remind_one(pk: int) -> bool:
    """Remind one newcomer, if it is due: the date moves and the mail is posted in one commit."""
    held = Onboarding.objects.select_for_update(no_key=True).select_related("person").get(pk=pk)
    now = timezone.now()
    # Another clock may have been here while we waited for the row, or the person said "later".
    if not Onboarding.objects.to_remind(now, *_days()).filter(pk=pk).exists():
        return False
    Onboarding.objects.filter(pk=pk).update(reminded=F("reminded") + 1, reminded_at=now)
    outbox.post(REMINDER, held.person, key=f"first-weeks:{pk}:{held.reminded + 1}", onboarding=pk)
    record("was reminded of their first steps", held, by=None, via=Via.CLOCK, about=held.person)
    return True


clock.add("first weeks to settle", settle_all)
clock.add("first weeks to remind of", remind)
