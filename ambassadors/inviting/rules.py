"""Who may do what with an invitation: those who run the queue, and those who decide, unless the case is none of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ambassadors.nominations import rules

if TYPE_CHECKING:
    from ambassadors.models import Invitation, InvitationWish, User


def runs(user: User | None, invitation: Invitation) -> bool:
    """Leads and deciders, whoever is barred from the case left out."""
    return rules.leads_or_decides(user, invitation.nomination)


def may_grant(user: User | None, wish: InvitationWish) -> bool:
    """Those who run the invitation that is spoken of."""
    return runs(user, wish.invitation)


def is_cosigner(user: User | None, invitation: Invitation) -> bool:
    """The nominator, while they are a member."""
    return user is not None and user.pk == invitation.cosigner_id and bool(user.is_member)
