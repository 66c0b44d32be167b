"""Who sees whom of the people behind the community."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class TeamMemberQuerySet(models.QuerySet):
    """The team, by reader."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Everybody sees those who confirmed what is shown of them; people see their own line, the support team all."""
        if Audience.STAFF in reached_by(reader):
            return self
        return self.filter(_on_the_page() | Q(user_id=reader.pk))

    def waiting_for(self, person: User) -> Self:
        """This person's line, when what is proposed is not what they decided about."""
        return self.filter(~Q(agreed_to=F("asked_to")), user=person, status__in=["asked", "shown"])

    def shown(self) -> Self:
        """Those on the page, in their order, with what they show."""
        return self.filter(_on_the_page()).select_related("shown_photo").order_by("position", "pk")


class SupporterQuerySet(models.QuerySet):
    """Supporters, by reader."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Everybody sees those on the page, the support team the others too."""
        return self if Audience.STAFF in reached_by(reader) else self.shown()

    def shown(self) -> Self:
        return self.filter(is_shown=True).select_related("logo").order_by("position", "name")


def _on_the_page() -> Q:
    return Q(status="shown", user__is_active=True)
