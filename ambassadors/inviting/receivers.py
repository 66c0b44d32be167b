"""What follows for seats when a case ends, wherever that happens."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from ambassadors.inviting import workflow
from ambassadors.models import Decision, Nomination
from ambassadors.nominations.workflow import ended
from ambassadors.vetting.workflow import decided


@receiver(ended)
def take_back_with_the_case(nomination: Nomination, by: Any, via: Any, **kwargs: Any) -> None:
    """A nomination that was taken back invites nobody."""
    workflow.withdraw_with_case(nomination, by=by, via=via)


@receiver(decided)
def invite_or_take_back(nomination: Nomination, decision: Decision, by: Any, via: Any, **kwargs: Any) -> None:
    """Inside the transaction that decides: whoever is approved is put in line, whoever no longer is leaves it."""
    if decision.outcome == Decision.Outcome.INVITE:
        workflow.invite(nomination, by=by, via=via)
    else:
        workflow.withdraw_with_case(nomination, by=by, via=via)
