from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProductsConfig(AppConfig):
    name = "products"
    verbose_name = _("Products")

    def ready(self) -> None:
        from products.drafting import plugs as _drafting  # noqa: F401  deferred: they need the models
        from products.pages import plugs as _pages  # noqa: F401  deferred: likewise
        from products.printing import plugs as _printing  # noqa: F401  deferred: likewise
        from products.resources import plugs as _resources  # noqa: F401  deferred: likewise
        from products.reviewing import plugs as _reviewing  # noqa: F401  deferred: likewise
        from products.reviewing.by_mail import plugs as _by_mail  # noqa: F401  deferred: likewise
        from products.reviewing.relay import plugs as _relay  # noqa: F401  deferred: likewise
        from products.road import plugs as _road  # noqa: F401  deferred: likewise
        from products.window import plugs as _window  # noqa: F401  deferred: likewise
