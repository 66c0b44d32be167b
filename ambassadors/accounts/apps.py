from django.contrib import admin
from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Django's admin on our site, without the tables in which allauth keeps addresses, keys and sessions."""

    default_site = "ambassadors.accounts.site.StaffAdminSite"

    def ready(self) -> None:
        super().ready()
        from allauth.account.models import EmailAddress  # deferred: apps are configured before models exist
        from allauth.mfa.models import Authenticator  # deferred: likewise
        from allauth.usersessions.models import UserSession  # deferred: likewise
        from django.contrib.auth.models import Group  # deferred: likewise

        import ambassadors.accounts.admin  # noqa: F401  deferred: it needs the models, and the site to register with

        # Permissions are not handed out one by one, so there are no groups to manage.
        for model in (EmailAddress, Authenticator, UserSession, Group):
            if admin.site.is_registered(model):
                admin.site.unregister(model)
