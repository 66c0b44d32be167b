"""Which goals and milestones a reader may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class GrowthStageQuerySet(models.QuerySet):
    """Goals of growth, which are public."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Everybody sees the goals; the cap is the support team's business, and pages for others leave it out."""
        return self


class MilestoneQuerySet(models.QuerySet):
    """What was reached."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Everybody reads what was published, the support team the rest too."""
        return self if Audience.STAFF in reached_by(reader) else self.published()

    def published(self) -> Self:
        """Those that stand on the public page."""
        return self.filter(status="published")

    def drafts(self) -> Self:
        """Those that wait for a word of the support team."""
        return self.filter(status="draft")
