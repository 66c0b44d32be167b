"""Whose digest is due, and who has no say of it yet."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, cast

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Exists, F, OuterRef

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User
    from correspondence.models import DigestChoice


class DigestChoiceQuerySet(models.QuerySet):
    """When people want their digests."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """One's own: when somebody reads their mail is nobody else's business."""
        return self.filter(person=viewer.pk)

    def of(self, person: User) -> DigestChoice:
        """The person's choice: the row, or one with the usual values that is not saved yet."""
        found: Any = self.filter(person=person).first()
        return cast("DigestChoice", found or self.model(person=person, zone=person.time_zone))

    def due(self, now: datetime) -> Self:
        return self.filter(next_due_at__lte=now)

    def held(self) -> Self:
        """Taken for the length of the transaction, with what the next moment hangs on; what another clock holds is left to it."""
        # The others are only read: their rows stay free for whoever delivers or signs in at this moment.
        taken: Self = self.select_for_update(skip_locked=True, no_key=True, of=("self",))
        return taken.select_related("person__ambassador", "last_mail").order_by("next_due_at", "pk")

    def in_another_zone(self) -> Self:
        """Those whose person has moved since their next moment was computed."""
        return self.filter(next_due_at__isnull=False).exclude(zone=F("person__time_zone"))

    def resting(self) -> Self:
        """Those without a moment although their person is (again) a member."""
        return self.filter(next_due_at=None, person__in=_members())

    def people_without(self) -> models.QuerySet[Any]:
        """Members for whom there is no row yet."""
        rows: models.QuerySet[Any] = (
            _members().filter(~Exists(self.model._base_manager.filter(person=OuterRef("pk")))).order_by("pk")
        )
        return rows


def _members() -> models.QuerySet[Any]:
    people: Any = get_user_model()._default_manager
    rows: models.QuerySet[Any] = people.members()
    return rows
