"""Whose the actions and notes of a round are: as the round."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User
    from practice.models import LearningSession

WEEK = timedelta(days=7)


class OfSession(models.QuerySet):
    """Rows that belong to a session."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of sessions that `user` runs."""
        from practice.models import LearningSession  # deferred: the models take their querysets from here

        return self.filter(session__in=LearningSession.objects.visible_to(user))


class ActionQuerySet(OfSession):
    """Actions."""

    def open(self) -> Self:
        """Those that wait for whoever promised them."""
        return self.filter(status="open")

    def promised_before(self, session: LearningSession) -> Self:
        """What earlier rounds of the organisation left open: the round opens with it."""
        return self.open().filter(session__organization=session.organization_id, session__number__lt=session.number)

    def to_remind(self, today: date) -> Self:
        """Those whose owner gets a mail today: once in the week before the day, and once from the day on."""
        rows = self.open().filter(wants_reminders=True).exclude(address="")
        return rows.filter(Q(reminded=0, due_on__lte=today + WEEK) | Q(reminded=1, due_on__lte=today))


class RoomNoteQuerySet(OfSession):
    """Notes of the room."""
