"""The pages of this package on the settings home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from foundation.settings_home import SettingsPage, settings_pages

if TYPE_CHECKING:
    from ambassadors.models import User

YOUR_DATA, LEAVING = _("Your data"), _("Time off, and leaving")


def has_a_profile(user: User) -> bool:
    """Pausing and leaving are for ambassadors, and for those who were."""
    return hasattr(user, "ambassador")


settings_pages.add(
    "archive",
    SettingsPage(YOUR_DATA, _("Your archive"), _("Everything that is kept about you, in one file."), "owndata:archive-detail", 80),
)
settings_pages.add(
    "reading",
    SettingsPage(
        YOUR_DATA,
        _("Reading"),
        _("What is remembered of what you have read: see it, delete it, switch it off."),
        "owndata:reading-detail",
        85,
    ),
)
settings_pages.add(
    "leaving",
    SettingsPage(
        LEAVING,
        _("Pause or leave"),
        _("Step back for a while, become an alumnus, or come back."),
        "owndata:leaving-detail",
        95,
        has_a_profile,
    ),
)
settings_pages.add(
    "erase",
    SettingsPage(
        LEAVING, _("Erase your account"), _("What goes, what stays, and a week to think about it."), "owndata:erasure-detail", 96
    ),
)
