"""Who may do what with prompts. Whoever leads the space runs its prompts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discussions import rules
from discussions.models import PromptRound, Space, SpaceRole

if TYPE_CHECKING:
    from ambassadors.models import User
    from discussions.models import Prompt, Responder


def runs(user: User | None, prompt: Prompt) -> bool:
    """Whoever leads its space."""
    return rules.leads(user, prompt.space)


def runs_round(user: User | None, one: PromptRound) -> bool:
    """Likewise of one of its rounds."""
    return runs(user, one.prompt)


def lines_up(user: User | None, responder: Responder) -> bool:
    """Likewise of somebody who was asked to answer first."""
    return runs_round(user, responder.round)


def speaks_for_self(user: User | None, responder: Responder) -> bool:
    """The one who is asked, until the round opens."""
    return user is not None and user.pk == responder.person_id and user.is_member and responder.round.is_to_come


def speaker_of(prompt: Prompt) -> User | None:
    """In whose name it is posted: its facilitator, or another leader where that one leads the space no longer."""
    if prompt.facilitator is not None and _can_begin(prompt.facilitator, prompt.space):
        return prompt.facilitator
    leaders: Any = SpaceRole.objects.leaders().filter(space=prompt.space).select_related("person").order_by("since", "pk")
    return next((one.person for one in leaders if _can_begin(one.person, prompt.space)), None)


def _can_begin(person: User, space: Space) -> bool:
    return rules.leads(person, space) and rules.may_start(person, space)
