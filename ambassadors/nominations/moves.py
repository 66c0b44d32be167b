"""The states of a nomination, and every move between them: the one table that buttons, workflows and the diagram in docs/ are made from."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ambassadors.models import Nomination
from ambassadors.nominations import rules
from foundation.workflow import Transition, anybody

S = Nomination.Status
ON_THEIR_WAY = frozenset({S.SUBMITTED, S.VETTING, S.SLATE})

BEGIN = Transition("began a nomination", frozenset({S.PROSPECT}), S.DRAFT, rules.is_nominator, _("Write the nomination"))
SUBMIT = Transition("submitted a nomination", frozenset({S.DRAFT}), S.SUBMITTED, rules.is_nominator, _("Submit"))
WITHDRAW = Transition(
    "withdrew a nomination", ON_THEIR_WAY | {S.APPROVED, S.NOT_NOW}, S.WITHDRAWN, rules.is_nominator_or_leads, _("Withdraw")
)
JOIN = Transition(
    "joined it to an earlier nomination", frozenset({S.SUBMITTED, S.VETTING}), S.JOINED, rules.leads, _("The same person")
)
TAKE_UP = Transition("took it into vetting", frozenset({S.SUBMITTED}), S.VETTING, rules.leads, _("Take into vetting"))
PUT_ON_SLATE = Transition("put it on a slate", frozenset({S.VETTING}), S.SLATE, rules.leads, _("Put on the slate"))
TAKE_OFF_SLATE = Transition("took it off the slate", frozenset({S.SLATE}), S.VETTING, rules.leads, _("Take off the slate"))
APPROVE = Transition("decided: invite", frozenset({S.VETTING, S.SLATE}), S.APPROVED, rules.decides, _("Invite"))
NOT_NOW = Transition("decided: not now", ON_THEIR_WAY | {S.APPROVED}, S.NOT_NOW, rules.decides, _("Not now"))
DECLINE = Transition("decided: decline", ON_THEIR_WAY | {S.APPROVED}, S.DECLINED, rules.decides, _("Decline"))
LOOK_AGAIN = Transition("looks at it again", frozenset({S.NOT_NOW}), S.VETTING, rules.leads_or_decides, _("Look at it again"))
LOOK_AGAIN_BY_CLOCK = Transition("its day has come: to be looked at again", frozenset({S.NOT_NOW}), S.VETTING, anybody)

MOVES = (
    BEGIN,
    SUBMIT,
    WITHDRAW,
    JOIN,
    TAKE_UP,
    PUT_ON_SLATE,
    TAKE_OFF_SLATE,
    APPROVE,
    NOT_NOW,
    DECLINE,
    LOOK_AGAIN,
    LOOK_AGAIN_BY_CLOCK,
)
