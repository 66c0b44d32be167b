from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionsConfig(AppConfig):
    name = "discussions"
    verbose_name = _("Discussions")

    def ready(self) -> None:
        from discussions.asking import plugs as _asking  # noqa: F401  deferred: they need the models
        from discussions.assisting import plugs as _assisting  # noqa: F401  deferred: likewise
        from discussions.by_mail import plugs as _by_mail  # noqa: F401  deferred: likewise
        from discussions.circles import plugs as _circles  # noqa: F401  deferred: likewise
        from discussions.facilitating import plugs as _facilitating  # noqa: F401  deferred: likewise
        from discussions.following import plugs as _following  # noqa: F401  deferred: likewise
        from discussions.moderation import plugs as _moderation  # noqa: F401  deferred: likewise
        from discussions.needs import plugs as _needs  # noqa: F401  deferred: likewise
        from discussions.plain_mail import plugs as _plain_mail  # noqa: F401  deferred: likewise
        from discussions.posts import plugs as _posts  # noqa: F401  deferred: likewise
        from discussions.prompts import plugs as _prompts  # noqa: F401  deferred: likewise
        from discussions.spaces import plugs as _spaces  # noqa: F401  deferred: likewise
        from discussions.threads import plugs as _threads  # noqa: F401  deferred: likewise
