from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WelcomeConfig(AppConfig):
    name = "welcome"
    verbose_name = _("Welcome")

    def ready(self) -> None:
        from welcome.buddies import plugs as _buddies  # noqa: F401  deferred: they need the models
        from welcome.first_look import plugs as _first_look  # noqa: F401  deferred: they need the models
        from welcome.introductions import plugs as _introductions  # noqa: F401  deferred: they need the models
        from welcome.morning import plugs as _morning  # noqa: F401  deferred: likewise
        from welcome.onboarding import plugs as _onboarding  # noqa: F401  deferred: they need the models
        from welcome.people import plugs as _people  # noqa: F401  deferred: likewise
