"""Which of the site's pages and lists a reader may see."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class PublicListQuerySet(models.QuerySet):
    """Rows that are shown to everybody as soon as they are there."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """All of them, whoever reads."""
        return self


class PageQuerySet(models.QuerySet):
    """Pages, by who may open them."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """What is published for an audience one belongs to; the support team also sees what is not published yet."""
        reach = reached_by(reader)
        if Audience.STAFF in reach:
            return self
        return self.filter(Exists(self._editions("published")), audience__in=reach)

    def with_editions(self) -> Self:
        """What is shown of each page, whether a draft waits, and when somebody is to look at it again."""
        published, drafts = self._editions("published"), self._editions("draft")
        newest = self._editions("draft", "published").order_by(models.F("number").desc(nulls_first=True))
        return self.annotate(
            published_number=Subquery(published.values("number")),
            published_at=Subquery(published.values("published_at")),
            review_on=Subquery(published.values("review_on")),
            newest_title=Subquery(newest.values("title")[:1]),
            has_draft=Exists(drafts),
        )

    def _editions(self, *states: str) -> models.QuerySet:
        editions: Any = self.model._meta.get_field("editions").related_model
        found: models.QuerySet = editions._base_manager.filter(page=OuterRef("pk"), status__in=states)
        return found

    def about_how_we_work(self) -> Self:
        """Those with an address of their own."""
        return self.filter(key="")


class PageEditionQuerySet(models.QuerySet):
    """Texts of pages: the published one for the readers of the page, drafts and earlier ones for the support team."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """The published edition of each page that one may read; the support team sees every edition."""
        reach = reached_by(reader)
        return self if Audience.STAFF in reach else self.filter(status="published", page__audience__in=reach)

    def published(self) -> Self:
        """The texts that are shown."""
        return self.filter(status="published")

    def drafts(self) -> Self:
        """Texts that nobody outside the support team has seen."""
        return self.filter(status="draft")

    def due_for_review(self, day: date) -> Self:
        """Published texts that somebody wanted to look at again by `day`."""
        return self.published().filter(review_on__lte=day)

    def of(self, key: str) -> Self:
        """Texts of one of the fixed pages."""
        return self.filter(page__key=key)

    def about_how_we_work(self) -> Self:
        """Texts of the pages with an address of their own."""
        return self.filter(Q(page__key=""))

    def newest_first(self) -> Self:
        """The draft, then the published one, then the earlier ones."""
        return self.order_by(models.F("number").desc(nulls_first=True))
