"""The page of this folder on the settings home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from foundation.settings_home import SettingsPage, settings_pages

if TYPE_CHECKING:
    from ambassadors.models import User


def may_volunteer(person: User) -> bool:
    """For ambassadors for whom the house is open."""
    own: Any = getattr(person, "ambassador", None)
    return own is not None and own.status in ("active", "paused")


settings_pages.add(
    "practice-talks",
    SettingsPage(
        _("You"),
        _("Half an hour for an organisation"),
        _("Let organisations that have looked at themselves ask you for a short talk."),
        "practice:volunteer-edit",
        14,
        may_volunteer,
    ),
)
