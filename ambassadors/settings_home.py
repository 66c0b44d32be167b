"""The pages of this app on the settings home."""

from django.utils.translation import gettext_lazy as _

from ambassadors.owndata import settings_pages as own_data_pages  # noqa: F401 - registers its own
from foundation.settings_home import SettingsPage, settings_pages

YOU, SAFE = _("You"), _("Signing in")

for name, page in {
    "profile": SettingsPage(
        YOU, _("Your profile"), _("What others read about you, and who reads it."), "ambassadors:profile-edit", 10
    ),
    "engagement": SettingsPage(
        YOU, _("How you take part"), _("What you are glad to do here, how often, and when not."), "ambassadors:engagement-edit", 11
    ),
    "addresses": SettingsPage(SAFE, _("Addresses"), _("The addresses you sign in with and write from."), "account_email", 50),
    "password": SettingsPage(SAFE, _("Password"), _("Change it, or choose a first one."), "account_change_password", 51),
    "second-factor": SettingsPage(SAFE, _("Second factor"), _("Authenticator app, passkeys and recovery codes."), "mfa_index", 52),
    "sessions": SettingsPage(SAFE, _("Where you are signed in"), _("Your devices, and signing them out."), "usersessions_list", 53),
}.items():
    settings_pages.add(name, page)
