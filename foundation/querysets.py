"""Which rows of the ground floor a reader may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class HistoryQuerySet(models.QuerySet):
    """Lines of history, by who reads them."""

    def visible_to(self, reader: User | AnonymousUser) -> HistoryQuerySet:
        """Everybody reads what was done with their own account; staff read the rest but what only the parties may know.

        A model with `confidential_history = True` keeps its lines from staff.
        """
        if not reader.is_authenticated or not reader.is_active:
            return self.none()
        if not reader.is_staff:
            return self.about(reader)
        return self.filter(~Q(target_type__in=_confidential_types()) | Q(about=reader))

    def about(self, person: User) -> HistoryQuerySet:
        """What was done with one person's account, the newest first."""
        return self.filter(about=person)


def _confidential_types() -> models.QuerySet:
    from django.contrib.contenttypes.models import ContentType  # deferred: querysets load before the app registry is ready

    labels = Q(pk__in=[])
    for model in apps.get_models():
        if getattr(model, "confidential_history", False):
            labels |= Q(app_label=model._meta.app_label, model=model._meta.model_name)
    return ContentType.objects.filter(labels)
