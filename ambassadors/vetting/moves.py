"""The states of an assignment and of a concern, and every move between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from ambassadors.models import Concern, VettingAssignment
from ambassadors.vetting import rules
from foundation.workflow import Transition, anybody

if TYPE_CHECKING:
    from ambassadors.models import User

A, C = VettingAssignment.Status, Concern.Status


def is_own(user: User | None, assignment: VettingAssignment) -> bool:
    """Everybody may step back from what is theirs, whatever they are by now."""
    return user is not None and user.pk == assignment.vetter_id


GIVE = Transition("gave the assessment", frozenset({A.ASSIGNED}), A.ASSESSED, rules.assesses, _("Give your assessment"))
STEP_BACK = Transition("stepped back", frozenset({A.ASSIGNED, A.ASSESSED}), A.RECUSED, is_own, _("Step back"))
TAKE_BACK = Transition("took the case back", frozenset({A.ASSIGNED}), A.WITHDRAWN, rules.leads_case_of, _("Take back"))
REPLACE = Transition("gave the case to somebody else", frozenset({A.ASSIGNED}), A.WITHDRAWN, rules.leads_case_of, _("Replace"))
END = Transition("the case ended before the assessment", frozenset({A.ASSIGNED}), A.WITHDRAWN, anybody)
SETTLE = Transition("looked into a concern", frozenset({C.OPEN}), C.SETTLED, rules.leads_case_about, _("Looked into"))

ASSIGNMENT_MOVES = (GIVE, STEP_BACK, TAKE_BACK, REPLACE, END)
CONCERN_MOVES = (SETTLE,)
