"""Who is an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists

from ambassadors.querysets import who_are_members

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class EditorDutyQuerySet(models.QuerySet):
    """Editors."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Members know who runs the road of products."""
        return self if user.is_authenticated and user.is_member else self.none()

    def here(self) -> Self:
        """Those for whom the house is open."""
        return self.filter(who_are_members("person__"))


class KindRulesQuerySet(models.QuerySet):
    """The numbers of each kind."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Every member knows what it takes."""
        return self if user.is_authenticated and user.is_member else self.none()


def is_editor(user: Any) -> Exists:
    """Whether `user` is one, as part of a larger query."""
    from products.models import EditorDuty  # deferred: the models take their querysets from here

    return Exists(EditorDuty.objects.here().filter(person=user.pk))
