"""Who sees which slides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class DeckQuerySet(models.QuerySet):
    """Decks, by reader and page."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Everybody sees what is published; the support team sees drafts and what was withdrawn as well."""
        return self if Audience.STAFF in reached_by(reader) else self.published()

    def published(self) -> Self:
        return self.filter(status="published")

    def on(self, page: str) -> Self:
        """Those of one page, in their order, with their files."""
        return self.filter(page=page).with_files().order_by("position", "pk")

    def with_files(self) -> Self:
        return self.select_related("file", "cover")
