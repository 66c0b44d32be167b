"""One's first weeks, on the settings home."""

from django.utils.translation import gettext_lazy as _

from foundation.settings_home import SettingsPage, settings_pages

settings_pages.add(
    "first weeks",
    SettingsPage(
        _("You"),
        _("Your first weeks"),
        _("The small steps of somebody who is new here, to do, to skip, or to take up again."),
        "welcome:first-weeks",
        24,
        lambda user: user.is_member,
    ),
)
