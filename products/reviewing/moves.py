"""The states of a review: asked, agreed, in; or declined, released, lapsed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from foundation.models import Via
from foundation.workflow import Transition, anybody, apply
from products import rules
from products.models import Review

if TYPE_CHECKING:
    from ambassadors.models import User

S = Review.Status
OPEN = frozenset({S.INVITED, S.ACCEPTED})


def is_theirs(user: User | None, review: Review) -> bool:
    """Whether it is `user`'s own review: on the web, by mail and from the mailed link it is the reviewer who acts."""
    return user is not None and user.is_member and review.reviewer_id == user.pk


def runs_it(user: User | None, review: Review) -> bool:
    """Whether `user` decides about what is reviewed."""
    return rules.may_decide(user, review.round.edition)


ACCEPT = Transition("accept", frozenset({S.INVITED}), S.ACCEPTED, is_theirs, _("I will review it"))
DECLINE = Transition("decline", OPEN, S.DECLINED, is_theirs, _("I cannot this time"))
SUBMIT = Transition("submit", OPEN, S.SUBMITTED, is_theirs, _("Hand in my review"))
RELEASE = Transition("release", OPEN, S.WITHDRAWN, runs_it, _("Release them"))
LEAVE = Transition("release", OPEN, S.WITHDRAWN, anybody)  # they are no member any more
LAPSE = Transition("lapse", OPEN, S.LAPSED, anybody)  # with its round, which an editor or the next step of the edition closed
ASK_AGAIN = Transition("ask again", frozenset({S.DECLINED, S.WITHDRAWN, S.LAPSED}), S.INVITED, runs_it, _("Ask again"))


def make(move: Transition, review: Review, *, by: User | None, via: Via = Via.WEB, **fields: Any) -> None:
    """Make a move of a review. Whatever ends it without its being in leaves what was written."""
    apply(move, review, by=by, via=via, about=review.reviewer, **fields)
