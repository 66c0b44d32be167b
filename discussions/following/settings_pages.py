"""What one follows, on the settings home."""

from django.utils.translation import gettext_lazy as _

from foundation.settings_home import SettingsPage, settings_pages

settings_pages.add(
    "follows",
    SettingsPage(
        _("You"),
        _("What you follow"),
        _("Conversations and spaces of which you get mail, and of which you want none."),
        "discussions:follow-list",
        22,
        lambda user: user.is_member,
    ),
)
