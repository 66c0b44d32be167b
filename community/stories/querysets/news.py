"""Who reads which news."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone

from ambassadors.models import Ambassador
from foundation.audiences import Audience, reached_by
from foundation.prepared import Late

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class NewsQuerySet(models.QuerySet):
    """News, by reader, time and order."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Everybody reads what is out; the support team reads drafts and what waits for its time as well."""
        return self if Audience.STAFF in reached_by(reader) else self.out()

    def out(self) -> Self:
        """What has been let out and whose time has come: the clock need not have looked at it yet."""
        return self.filter(status__in=["scheduled", "published"], publish_at__lte=Late(timezone.now, models.DateTimeField()))

    def due(self) -> Self:
        """What is out by its time and not yet by its state."""
        return self.filter(status="scheduled", publish_at__lte=timezone.now())

    def published_between(self, start: datetime, end: datetime) -> Self:
        """What came out from `start` on and before `end`, for digests and newsletters."""
        return self.out().filter(publish_at__gte=start, publish_at__lt=end)

    def with_authors(self, reader: User | AnonymousUser) -> Self:
        """Each with `shown_authors`: those whose profile `reader` may open, ready for their cards."""
        authors = Ambassador.objects.visible_to(reader).with_card().by_name()
        return self.prefetch_related(Prefetch("authors", queryset=authors, to_attr="shown_authors"))

    def with_picture(self) -> Self:
        return self.select_related("picture")

    def newest_first(self) -> Self:
        return self.order_by("-publish_at", "-pk")

    def oldest_first(self) -> Self:
        return self.order_by("publish_at", "pk")

    def before(self, moment: datetime, pk: int) -> Self:
        """Those that come after the given place in the order of the list."""
        return self.filter(Q(publish_at__lt=moment) | Q(publish_at=moment, pk__lt=pk))

    def later_than(self, moment: datetime, pk: int) -> Self:
        """Those that come before the given place in the order of the list."""
        return self.filter(Q(publish_at__gt=moment) | Q(publish_at=moment, pk__gt=pk))

    def was_out_at(self, slug: str) -> Self:
        """The withdrawn piece that had this address, today's or one of before."""
        return self.filter(Q(slug=slug) | Q(former_addresses__slug=slug), status="withdrawn")
