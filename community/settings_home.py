"""The pages of the site as a whole on the settings home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from community.stories import settings_home  # noqa: F401  one's own words, and one's line about the team
from foundation.settings_home import SettingsPage, settings_pages

if TYPE_CHECKING:
    from ambassadors.models import User


def _has_profile(user: User) -> bool:
    return user.is_member and getattr(user, "ambassador", None) is not None


settings_pages.add(
    "belonging",
    SettingsPage(
        _("You"),
        _("Say that you belong"),
        _("Words, a picture and an address for your signature."),
        "community:belonging-kit",
        13,
        _has_profile,
    ),
)
