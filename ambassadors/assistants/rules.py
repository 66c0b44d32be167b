"""Who may give a seat, and who may take one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ambassadors.models import AssistantRules

if TYPE_CHECKING:
    from ambassadors.models import AssistantSeat, User


def may_give(user: User | None) -> bool:
    """Active ambassadors, where the community has seats. Whoever pauses gives none."""
    ambassador = getattr(user, "ambassador", None)
    is_here = user is not None and user.is_active and ambassador is not None and ambassador.status == "active"
    return is_here and AssistantRules.current().are_allowed


def gave(user: User | None, seat: AssistantSeat) -> bool:
    """Only who gave a seat changes it, or takes it back: at any time, and whatever the rules say."""
    return user is not None and user.is_active and seat.ambassador_id == user.pk


def sits_in(user: User | None, seat: AssistantSeat) -> bool:
    """Only who took a seat gives it up."""
    return user is not None and user.is_active and seat.assistant_id == user.pk


def why_cannot_take(person: User | None) -> str:
    """Why the account of an address can have no seat; empty where it can, or where there is none yet."""
    if person is None:
        return ""
    if person.is_staff or hasattr(person, "ambassador"):
        return _(
            "You have an account of your own here, with this address. A seat needs another one: ask for the offer to go to an address that you use as an assistant."
        )
    if not person.is_active:
        return _("The account of this address is closed. Please write to the support team.")
    return ""
