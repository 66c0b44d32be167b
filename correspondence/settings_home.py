"""The pages of this app on the settings home."""

from django.utils.translation import gettext_lazy as _

from foundation.settings_home import SettingsPage, settings_pages

settings_pages.add(
    "mail",
    SettingsPage(_("You"), _("Mail"), _("Which mail you get, and how much of it."), "correspondence:preference-edit", 20),
)
settings_pages.add(
    "mail that came back",
    SettingsPage(
        _("You"),
        _("Mail that waits or came back"),
        _("What you wrote to us by mail, and could not simply be posted."),
        "inbound:mail-list",
        21,
    ),
)
