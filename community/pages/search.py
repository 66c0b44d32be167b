"""What can be found of the pages of the site: what is published on them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.models import Page
from foundation.richtext import to_plain
from foundation.search import Searchable, SearchRow, searchables


def _rows(page: Page) -> Iterator[SearchRow]:
    for edition in page.editions.published():
        text = f"{edition.lead}\n\n{to_plain(edition.body)}".strip()
        yield SearchRow(page.audience, edition.title, text, at=edition.published_at)


def _pages() -> QuerySet:
    return Page.objects.all()  # unscoped: each row says for whom it is


searchables.add("page", Searchable(_("Pages"), Page, _rows, _pages))
