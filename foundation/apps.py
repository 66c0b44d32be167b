import logging

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class FoundationConfig(AppConfig):
    name = "foundation"
    verbose_name = _("Foundation")

    def ready(self) -> None:
        from foundation.csp import allow_editor  # deferred: it reads the settings
        from foundation.logs import TokenlessFilter  # deferred: it reads the settings

        autodiscover_modules("desk", "search", "pulse", "own_sections", "privacy_export", "reading", "panels", "intake")
        autodiscover_modules("settings_home", "published", "sitemaps")
        allow_editor()
        logging.getLogger("gunicorn.access").addFilter(TokenlessFilter())
