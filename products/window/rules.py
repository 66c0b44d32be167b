"""Who may speak in a community review, who answers, and who decides against an objection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from products import rules
from products.models import CommunityReview, Edition, Opinion

if TYPE_CHECKING:
    from ambassadors.models import User

BEFORE_IT_IS_OUT = frozenset(Edition.Status.values) - {Edition.Status.PUBLISHED, Edition.Status.RETIRED}


def may_speak(user: User | None, window: CommunityReview) -> bool:
    """Every member, those who wrote or reviewed it among them, while its days last."""
    return user is not None and user.is_member and window.is_open and window.edition.status == Edition.Status.COMMUNITY_REVIEW


def is_own(user: User | None, opinion: Opinion) -> bool:
    """Whether `user` said it, and is here."""
    return user is not None and user.is_member and opinion.person_id == user.pk


def may_answer(user: User | None, opinion: Opinion) -> bool:
    """Whoever writes the product, and the editors: until it is out, and not to themselves."""
    edition = opinion.window.edition
    if user is None or is_own(user, opinion) or edition.status not in BEFORE_IT_IS_OUT:
        return False
    return rules.writes(user, edition.product)


def may_override(user: User | None, opinion: Opinion) -> bool:
    """An editor who decides about this edition, with their name and a reason, and never about their own objection."""
    edition = opinion.window.edition
    return edition.status in BEFORE_IT_IS_OUT and rules.may_decide(user, edition) and not is_own(user, opinion)
