"""Introductions, on the settings home."""

from django.utils.translation import gettext_lazy as _

from foundation.settings_home import SettingsPage, settings_pages

settings_pages.add(
    "introductions",
    SettingsPage(
        _("You"),
        _("Introductions"),
        _("People whom somebody thinks you should meet, and whether you would like that."),
        "welcome:introduction-list",
        25,
        lambda user: user.is_member,
    ),
)
