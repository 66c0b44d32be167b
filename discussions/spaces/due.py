"""What comes due about spaces: the clock of the outbox asks each of these every few minutes, and two clocks do no harm."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from ambassadors.models import User
from correspondence import outbox
from correspondence.due import steps
from discussions.models import Space, SpaceRole
from discussions.spaces.acting import let_somebody_act, relieve
from discussions.spaces.joining import leaders_of
from discussions.spaces.workflow import end_by_clock, hold
from foundation.models import Via
from foundation.workflow import record

A_WHILE = timedelta(days=7)  # who is away for less leads from there
BEFORE_THE_END = timedelta(days=14)
AT_ONCE = 200


def remind_of_the_end() -> int:
    """Remind the leaders of spaces whose last fortnight has begun; once for each day that was set."""
    near = timezone.localdate() + BEFORE_THE_END
    due = Space.objects.active().filter(ends_on__lte=near).exclude(Q(reminded_for=F("ends_on")) & Q(reminded_for__isnull=False))
    return sum(_remind(pk) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _remind(pk: int) -> int:
    space = hold(Space(pk=pk))
    # Another clock may have been here while we waited for the row.
    if space.has_ended or space.ends_on is None or space.reminded_for == space.ends_on:
        return 0
    Space.objects.filter(pk=pk).update(reminded_for=space.ends_on)
    leaders = leaders_of(space)
    for leader in leaders:
        key = f"space-ends-soon:{pk}:{space.ends_on}:{leader.pk}"
        outbox.post("space_ends_soon", leader, key=key, space=pk, day=str(space.ends_on))
    return len(leaders)


def look_for_leaders() -> int:
    """Where the last leader has left the community for good: ask the people who are in it, and tell the support team. Once each time."""
    without = Space.objects.without_leader().filter(leader_wanted_at=None)
    return sum(_look_for_leader(pk) for pk in list(without.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _look_for_leader(pk: int) -> int:
    space = hold(Space(pk=pk))
    # Under the lock: somebody may have taken it on, or another clock has asked.
    if space.leader_wanted_at or not Space.objects.without_leader().filter(pk=pk).exists():
        return 0
    people = SpaceRole.objects.of_members().filter(space=space).order_by("person").distinct("person").select_related("person")
    asked = [role.person for role in people]
    if not asked:
        end_by_clock(space)
        return 0
    at = timezone.now()
    Space.objects.filter(pk=pk).update(leader_wanted_at=at)
    record("looked for a leader", space, by=None, via=Via.CLOCK)
    for kind, told in (("space_leader_wanted", asked), ("space_without_leader", User.objects.support_team())):
        for person in told:
            outbox.post(kind, person, key=f"{kind}:{pk}:{at.isoformat()}:{person.pk}", space=pk)
    return len(asked)


def stand_in() -> int:
    """Where no leader is here for a week to come: tell the support team, once, and let somebody who is in it act as leader."""
    alone = Space.objects.unattended(_in_a_while()).order_by(F("unattended_since").asc(nulls_first=True), "pk")
    return sum(_stand_in(pk) for pk in list(alone.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _stand_in(pk: int) -> int:
    space = hold(Space(pk=pk))
    # Under the lock: a leader may have come back, or another clock has found somebody.
    if not Space.objects.unattended(_in_a_while()).filter(pk=pk).exists():
        return 0
    if space.unattended_since is None:
        space.unattended_since = timezone.now()
        space.save(update_fields=["unattended_since"])
        _tell_of_the_absence(space)
    return int(let_somebody_act(space) is not None)


def _tell_of_the_absence(space: Space) -> None:
    """To the support team, unless it has just been told that the space has lost its leader."""
    if space.leader_wanted_at is None:
        for person in User.objects.support_team():
            key = f"space-unattended:{space.pk}:{space.unattended_since}:{person.pk}"
            outbox.post("space_unattended", person, key=key, space=space.pk)


def _in_a_while() -> date:
    return timezone.localdate() + A_WHILE


def found_again() -> int:
    """Where a leader is here again: look for nobody any more, and thank whoever acted. Returns how many spaces that were."""
    own = SpaceRole.objects.leaders().lasting().filter(space=OuterRef("pk"))
    is_led = Q(Exists(own.of_members()), leader_wanted_at__isnull=False)
    is_attended = Q(Exists(own.here_by(timezone.localdate())), unattended_since__isnull=False)
    back = Space.objects.filter(is_led | is_attended).order_by("pk").values_list("pk", flat=True)
    for pk in (found := list(back[:AT_ONCE])):
        with transaction.atomic():
            relieve(hold(Space(pk=pk)))
    return len(found)


steps.add("spaces that are about to end", remind_of_the_end)
steps.add("spaces without a leader", look_for_leaders)
steps.add("spaces whose leaders are away", stand_in)
steps.add("spaces that are led again", found_again)
