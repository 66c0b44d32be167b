"""Whose messages one does not take, on the settings home."""

from django.utils.translation import gettext_lazy as _

from foundation.settings_home import SettingsPage, settings_pages

settings_pages.add(
    "blocked",
    SettingsPage(
        _("You"),
        _("Messages you do not take"),
        _("People who can write you no private messages."),
        "discussions:block-list",
        13,
        shown_to=lambda user: user.is_member,
    ),
)
