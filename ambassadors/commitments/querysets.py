"""Which editions of the commitments a reader may see, and whose affirmations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, Prefetch, Subquery

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import CommitmentsEdition, User


class CommitmentsEditionQuerySet(models.QuerySet):
    """Editions, which are public once they are published."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Everybody reads the published ones, the support team the drafts too."""
        return self if Audience.STAFF in reached_by(reader) else self.published()

    def published(self) -> Self:
        """Those that hold, or once held."""
        return self.filter(status="published")

    def newest_first(self) -> Self:
        """In the order in which they replaced each other, with what they say."""
        return self.order_by("-number").prefetch_related(Prefetch("items", to_attr="shown_items"))

    def current(self) -> CommitmentsEdition | None:
        """Return the edition that holds today."""
        found: Any = self.published().order_by("-number").first()
        edition: CommitmentsEdition | None = found
        return edition

    def binding(self) -> CommitmentsEdition | None:
        """Return the newest edition about which members are asked: the first, or one that staff marked as a material change."""
        found: Any = self.published().filter(is_material=True).order_by("-number").first()
        edition: CommitmentsEdition | None = found
        return edition

    def unanswered_by(self, person: User) -> Self:
        """The edition that holds, where `person` answered none since the last one about which members are asked; else nothing."""
        from ambassadors.models import Affirmation, CommitmentsEdition  # deferred: the models take their querysets from here

        binding = CommitmentsEdition.objects.published().filter(is_material=True).order_by("-number").values("number")[:1]
        answered = Affirmation.objects.filter(ambassador__user=person, edition__number__gte=Subquery(binding))
        return self.published().filter(~Exists(answered)).order_by("-number")[:1]


class AffirmationQuerySet(models.QuerySet):
    """What people answered to an edition."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """One's own, and all for the support team."""
        return self if Audience.STAFF in reached_by(reader) else self.filter(ambassador__user=reader.pk)

    def affirmed(self) -> Self:
        """Those that say yes."""
        return self.filter(answer="affirmed")
