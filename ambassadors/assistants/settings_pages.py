"""The page of this package on the settings home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from ambassadors.models import AssistantRules
from foundation.settings_home import SettingsPage, settings_pages

if TYPE_CHECKING:
    from ambassadors.models import User


def may_have_assistants(user: User) -> bool:
    """Ambassadors, where the community has seats."""
    return user.is_member and hasattr(user, "ambassador") and AssistantRules.current().are_allowed


def sits_somewhere(user: User) -> bool:
    """Whoever took a seat; nobody who is a member does."""
    return not user.is_member and user.seats.exists()


settings_pages.add(
    "assistants",
    SettingsPage(
        _("You"),
        _("Your assistants"),
        _("Who may read or answer for you, how far, and what they did."),
        "ambassadors:assistant-list",
        14,
        may_have_assistants,
    ),
)
settings_pages.add(
    "seats",
    SettingsPage(_("You"), _("Your seats as assistant"), _("For whom you are here."), "ambassadors:seat-list", 15, sits_somewhere),
)
