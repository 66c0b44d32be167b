from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AmbassadorsConfig(AppConfig):
    name = "ambassadors"
    verbose_name = _("Ambassadors")

    def ready(self) -> None:
        from ambassadors.accounts import checks, emails, receivers, recovery_emails  # noqa: F401  deferred: they need the models
        from ambassadors.assistants import plugs as _assistants  # noqa: F401  deferred: they need the models
        from ambassadors.commitments import plugs as _commitments  # noqa: F401  deferred: likewise
        from ambassadors.engagement import plugs as _engagement  # noqa: F401  deferred: likewise
        from ambassadors.growth import plugs as _growth  # noqa: F401  deferred: likewise
        from ambassadors.inviting import plugs as _inviting  # noqa: F401  deferred: likewise
        from ambassadors.nominations import plugs as _nominations  # noqa: F401  deferred: likewise
        from ambassadors.outreach import plugs as _outreach  # noqa: F401  deferred: likewise
        from ambassadors.owndata import due  # noqa: F401  deferred: it needs the models
        from ambassadors.owndata import emails as own_data_emails  # noqa: F401  deferred: they need the models
        from ambassadors.slates import plugs as _slates  # noqa: F401  deferred: likewise
        from ambassadors.vetting import plugs as _vetting  # noqa: F401  deferred: likewise
