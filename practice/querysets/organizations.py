"""Whose an organisation is: those who run its sessions, and nobody else; staff and superusers included."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


INVITATION_LASTS = timedelta(days=14)


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


class PracticeInvitationQuerySet(models.QuerySet):
    """Those who are asked to run an organisation's sessions, too."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Of organisations whose sessions `user` runs. Whoever is asked comes by the link in the mail."""
        from practice.models import PracticeOrganization  # deferred: likewise

        return self.filter(organization__in=PracticeOrganization.objects.visible_to(user))

    def alive(self) -> Self:
        """Those whose link still works."""
        return self.filter(sent_at__gt=timezone.now() - INVITATION_LASTS)


class PracticeStartQuerySet(models.QuerySet):
    """Beginnings that wait for a code."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Nobody's to look at."""
        return self.none()
