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


<<<<<<< HEAD
searchables.add("page", Searchable(_("Page"), Page, _rows, _pages))
=======
def _number(text: str) -> int:
    """The number of a page in an address; whatever is none is the first. More than a thousand hits are not ranked."""
    return min(max(int(text), 1), 50) if text.isascii() and text.isdigit() and len(text) < 4 else 1


def _tab(words: str, kind: str, label: str, *, is_current: bool) -> dict[str, object]:
    return {"url": _address(words, kind), "label": label, "is_current": is_current}


def _address(words: str, kind: str, page: int = 1) -> str:
    query = {"q": words, "kind": kind, "page": page if page > 1 else ""}
    asked = urlencode({name: value for name, value in query.items() if value})
    return reverse("community:search-page") + (f"?{asked}" if asked else "")


def _how_many(found: Found) -> str:
    if found.is_more:
        return _("More than %s found. Another word would help; the newest of them are here, the best first.") % f"{MOST_RANKED:,}"
    return ngettext("%s found", "%s found", found.total) % found.total if found.total else _("Nothing found")
>>>>>>> c1a51fc (Show the cards of people in the style guide)
