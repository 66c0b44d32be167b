"""Whose an organisation is: those who run its sessions, and nobody else; staff and superusers included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class PracticeOrganizationQuerySet(models.QuerySet):
    """Organisations, by who runs their sessions."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of which `user` is an administrator."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(administrators__person=user)


class PracticeAdministratorQuerySet(models.QuerySet):
    """Who runs the sessions of an organisation."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The reader and those beside them."""
        from practice.models import PracticeOrganization  # deferred: the models take their querysets from here

        return self.filter(organization__in=PracticeOrganization.objects.visible_to(user))


class PracticeStartQuerySet(models.QuerySet):
    """Beginnings that wait for a code."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Nobody's to look at."""
        return self.none()
