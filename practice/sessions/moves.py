"""The roads of a learning session and of whoever is asked in it. What a session declares is said before the first invitation and stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foundation.workflow import Transition, anybody
from practice.models import LearningSession, PracticeAdministrator, Respondent

if TYPE_CHECKING:
    from ambassadors.models import User

S, R = LearningSession.Status, Respondent.Status


def runs(person: User | None, session: LearningSession) -> bool:
    """Whether `person` runs the sessions of its organisation."""
    if person is None or not person.is_active:
        return False
    return PracticeAdministrator.objects.filter(organization=session.organization_id, person=person).exists()


OPEN = Transition("open", frozenset({S.DRAFT}), S.OPEN, runs)
CLOSE = Transition("close", frozenset({S.OPEN}), S.CLOSED, runs)

# Of respondents: the functions of `workflow.py` have asked who runs the session, the link who answers.
ASK = Transition("asked", frozenset({R.NAMED, R.WITHDRAWN}), R.ASKED, anybody)
NAME_AGAIN = Transition("named again", frozenset({R.WITHDRAWN}), R.NAMED, anybody)
BEGIN = Transition("began to answer", frozenset({R.ASKED}), R.BEGUN, anybody)
FINISH = Transition("answered", frozenset({R.ASKED, R.BEGUN}), R.FINISHED, anybody)
DECLINE = Transition("declined", frozenset({R.ASKED, R.BEGUN, R.FINISHED}), R.DECLINED, anybody)
WITHDRAW = Transition("asked no more", frozenset({R.NAMED, R.ASKED, R.BEGUN, R.DECLINED}), R.WITHDRAWN, anybody)
