"""The moves of spaces, and of requests to join one: each of its states, and who may make it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from discussions import rules
from discussions.models import Space, SpaceRequest
from foundation.workflow import Transition, anybody

if TYPE_CHECKING:
    from ambassadors.models import User

S, R = Space.Status, SpaceRequest.Status
WAITING = frozenset({R.ASKED})


def leads(user: User | None, space: Space) -> bool:
    """Those who run it."""
    return rules.leads(user, space)


END = Transition("ended the space", frozenset({S.ACTIVE}), S.ENDED, leads, _("End it"))
END_BY_CLOCK = Transition("ended, for nobody is left in it", frozenset({S.ACTIVE}), S.ENDED, anybody)
REOPEN = Transition("reopened the space", frozenset({S.ENDED}), S.ACTIVE, leads, _("Open it again"))

ACCEPT = Transition("accepted", WAITING, R.ACCEPTED, rules.may_decide, _("Accept"))
DECLINE = Transition("declined", WAITING, R.DECLINED, rules.may_decide, _("Decline"))
TAKE_BACK = Transition("took it back", WAITING, R.WITHDRAWN, rules.may_take_back, _("Take it back"))
CLOSE_REQUEST = Transition("closed with the space", WAITING, R.WITHDRAWN, anybody)
