"""The page of this folder on the settings home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from foundation.settings_home import SettingsPage, settings_pages

if TYPE_CHECKING:
    from ambassadors.models import User


def may_offer(person: User) -> bool:
    """For ambassadors for whom the house is open."""
    own: Any = getattr(person, "ambassador", None)
    return own is not None and own.status in ("active", "paused")


settings_pages.add(
    "buddy",
    SettingsPage(
        _("You"),
        _("Welcoming newcomers"),
        _("Be somebody whom newcomers can turn to: how many at a time, and in which words."),
        "buddy:offer-edit",
        12,
        may_offer,
    ),
)
