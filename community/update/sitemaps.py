"""What went out, for search engines."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from correspondence.models import Update
from foundation.sitemaps import Section, sections


@sections.register("updates")
class UpdatesSection(Section):
    """Each Update, the newest first."""

    def items(self) -> Any:
        """Nothing before it went out."""
        return Update.objects.visible_to(AnonymousUser()).out().newest_first()

    def location(self, item: Any) -> str:
        return reverse("community:update-detail", args=[item.slug])

    def lastmod(self, item: Any) -> datetime:
        return item.began_at  # type: ignore[no-any-return]
