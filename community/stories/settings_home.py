"""What one can decide about one's own words and one's line on the page about the team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from foundation.settings_home import SettingsPage, settings_pages

if TYPE_CHECKING:
    from ambassadors.models import User


def is_on_the_team(user: User) -> bool:
    """Whether the page about the team has, or could have, a line about this person."""
    return user.is_staff


settings_pages.add(
    "testimonials",
    SettingsPage(
        _("You"),
        _("Your words about the community"),
        _("Offer a few, agree to how they are shown, or take them back."),
        "community:testimonial-list",
        14,
    ),
)
settings_pages.add(
    "team",
    SettingsPage(
        _("You"),
        _("Your line on the page About"),
        _("What visitors read of you as one of the team."),
        "community:team-member-show",
        15,
        is_on_the_team,
    ),
)
