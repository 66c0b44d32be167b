"""Everybody finds what went out, by the words of our own in it; what it picks is found where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from correspondence.models import Update
from correspondence.querysets_update import UpdateQuerySet
from foundation.audiences import Audience
from foundation.richtext import to_plain
from foundation.search import Searchable, SearchRow, searchables


def update_rows(update: Update) -> Iterable[SearchRow]:
    """Nothing before it went out."""
    if update.is_out:
        words = [update.lead, to_plain(update.opening), *map(_of_part, update.parts.all()), to_plain(update.closing)]
        url = reverse("community:update-detail", args=[update.slug])
        yield SearchRow(Audience.PUBLIC, update.title, "\n".join(filter(None, words)), url, at=update.began_at)


def all_updates() -> UpdateQuerySet:
    """What is indexed anew when all is."""
    return Update.objects.with_parts()  # unscoped: the rows say for whom


def _of_part(part: object) -> str:
    heading, words = getattr(part, "heading", ""), getattr(part, "words", "")
    return f"{heading}\n{to_plain(words)}".strip()


searchables.add("update", Searchable(_("The Update"), Update, update_rows, all_updates))
