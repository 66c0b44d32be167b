"""Whose a learning session is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class LearningSessionQuerySet(models.QuerySet):
    """Learning sessions."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of organisations whose sessions `user` runs. Respondents come by their link alone."""
        from practice.models import PracticeOrganization  # deferred: the models take their querysets from here

        return self.filter(organization__in=PracticeOrganization.objects.visible_to(user))


class RespondentQuerySet(models.QuerySet):
    """Those who are asked."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of sessions that `user` runs."""
        from practice.models import LearningSession  # deferred: likewise

        return self.filter(session__in=LearningSession.objects.visible_to(user))

    def waited_for(self) -> Self:
        """Those from whom an answer may still come."""
        return self.filter(status__in=["asked", "begun"])

    def counted(self) -> Self:
        """Those who are asked now or have answered."""
        return self.filter(status__in=["named", "asked", "begun", "finished"])
