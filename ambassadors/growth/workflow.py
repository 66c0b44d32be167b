"""What changes about growth: a milestone is noticed once, and the support team publishes or dismisses it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors import rules
from ambassadors.models import Ambassador, GrowthStage, Milestone, User
from foundation.models import Via
from foundation.workflow import Transition, apply, record

S = Milestone.Status
PUBLISH = Transition(
    "published a milestone", frozenset({S.DRAFT, S.DISMISSED}), S.PUBLISHED, rules.is_support, gettext_lazy("Publish")
)
DISMISS = Transition(
    "dismissed a milestone", frozenset({S.DRAFT, S.PUBLISHED}), S.DISMISSED, rules.is_support, gettext_lazy("Leave it out")
)


@transaction.atomic
def notice_milestones(*, by: User | None = None, via: Via = Via.WEB) -> list[Milestone]:
    """Make a draft for each milestone that has been reached and was never noticed; return the new ones.

    Called in the transaction of whatever lets somebody join, after it has been written. A number is noticed once: whoever leaves and
    is replaced makes no second milestone, nor does a second stage that passes the same number.
    """
    # Two people may join at the same moment, each unseen by the other: both wait here, and the second counts them both.
    stages = list(GrowthStage.objects.select_for_update(no_key=True).order_by("pk"))
    count = Ambassador.objects.active().count() if stages else 0
    reached = {
        number: (stage, percent) for stage in _smallest_last(stages) for percent, number in stage.counts() if number <= count
    }
    known = set(Milestone.objects.filter(count__in=reached).values_list("count", flat=True))
    drafts = [_draft(stage, percent, number) for number, (stage, percent) in sorted(reached.items()) if number not in known]
    new = [milestone for milestone, is_new in drafts if is_new]
    for milestone in new:
        record("noticed a milestone", milestone, by=by, via=via, after=S.DRAFT)
    return new


def _smallest_last(stages: list[GrowthStage]) -> list[GrowthStage]:
    """Where two stages pass the same number, the smaller one names it: 75 is the goal of the first, not the half of the second."""
    return sorted(stages, key=lambda stage: (-stage.target, stage.pk))


def _draft(stage: GrowthStage, percent: int, number: int) -> tuple[Milestone, bool]:
    words = {"reached_on": _day_of(number), "stage": stage, "text": _words(stage, percent, number)}
    return Milestone.objects.get_or_create(count=number, defaults=words)  # one written by hand at this moment stands


def _day_of(number: int) -> date:
    """The day on which the last of so many joined, by those who are here today."""
    joined = Ambassador.objects.active().order_by("joined_at", "pk").values_list("joined_at", flat=True)[number - 1 : number]
    return timezone.localdate(joined[0]) if joined else timezone.localdate()


def _words(stage: GrowthStage, percent: int, number: int) -> str:
    if percent == 100:
        return _("We are %(number)s ambassadors: the goal of “%(stage)s” is reached.") % {"number": number, "stage": stage}
    if percent == 50:
        return _("We are %(number)s ambassadors: half of the way to %(target)s.") % {"number": number, "target": stage.target}
    return _("We are %(number)s ambassadors, on the way to %(target)s.") % {"number": number, "target": stage.target}


def publish(milestone: Milestone, *, by: User, via: Via = Via.WEB) -> None:
    """Put the milestone on the public page."""
    apply(PUBLISH, milestone, by=by, via=via)


def dismiss(milestone: Milestone, *, by: User, via: Via = Via.WEB) -> None:
    """Leave the milestone out; it is not noticed again."""
    apply(DISMISS, milestone, by=by, via=via)


# What the buttons in the admin offer, by the word in their address.
MOVES = {"publish": (PUBLISH, publish), "dismiss": (DISMISS, dismiss)}
