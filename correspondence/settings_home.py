"""The pages of this app on the settings home."""

from django.utils.translation import gettext_lazy as _

from foundation.settings_home import SettingsPage, settings_pages

settings_pages.add(
    "mail",
    SettingsPage(_("You"), _("Mail"), _("Which mail you get, and how much of it."), "correspondence:preference-edit", 20),
)
settings_pages.add(
    "digest",
    SettingsPage(
        _("You"),
        _("Your digest"),
        _("What came while you were elsewhere, in one mail: how often, when, and how much."),
        "correspondence:digest-edit",
        20,
        lambda user: user.is_member,
    ),
)
settings_pages.add(
    "own addresses",
    SettingsPage(
        _("You"),
        _("Taking part by mail"),
        _("Your secret addresses, for all you can do from your mail program."),
        "correspondence:own-address-list",
        21,
        lambda user: user.is_member,
    ),
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
