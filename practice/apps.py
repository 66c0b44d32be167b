from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticeConfig(AppConfig):
    name = "practice"
    verbose_name = _("Practice")

    def ready(self) -> None:
        from practice.answering import plugs as _answering  # noqa: F401  deferred: they need the models
        from practice.help import plugs as _help  # noqa: F401  deferred: likewise
        from practice.instruments import plugs as _instruments  # noqa: F401  deferred: likewise
        from practice.organizations import plugs as _organizations  # noqa: F401  deferred: likewise
        from practice.starting import plugs as _starting  # noqa: F401  deferred: likewise
        from practice.talking import plugs as _talking  # noqa: F401  deferred: likewise
        from practice.voting import plugs as _voting  # noqa: F401  deferred: likewise
