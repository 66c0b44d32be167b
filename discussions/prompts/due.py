"""What comes due about prompts: the clock of the outbox asks each of these every few minutes, and two clocks do no harm."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from correspondence.due import steps
from discussions.models import Prompt, PromptRound
from discussions.prompts import planning, rounds, telling

LONGEST_HOURS = timedelta(hours=72)


def plan_rounds() -> int:
    """Plan the next round of each running prompt that has none. It posts no mail."""
    for pk in Prompt.objects.running().without_a_round_to_come().values_list("pk", flat=True):
        planning.plan_next(pk)
    return 0


def give_early() -> int:
    """Give the rounds whose private hours have begun to those who answer first; return how many."""
    now = timezone.now()
    planned = PromptRound.objects.running().planned_until(now + LONGEST_HOURS).values_list("pk", flat=True)
    return sum(rounds.begin_private_hours(pk, now) for pk in list(planned))


def open_rounds() -> int:
    """Open the rounds whose time has come, or hold them; return how many."""
    now = timezone.now()
    return sum(rounds.open_when_due(pk, now) for pk in list(PromptRound.objects.running().due(now).values_list("pk", flat=True)))


steps.add("prompts to give early", give_early)
steps.add("prompts to open", open_rounds)
steps.add("prompts that were opened", telling.tell_due)
steps.add("prompts to plan", plan_rounds)
