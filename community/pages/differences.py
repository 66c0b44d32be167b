"""What changed between two editions of a page, word by word."""

from __future__ import annotations

from community.models import PageEdition
from foundation.differences import Stretch, changes, is_changed, paragraphs_of
from foundation.richtext import to_plain

__all__ = ["changes_between", "is_changed"]


def changes_between(before: PageEdition | None, after: PageEdition) -> list[list[Stretch]]:
    """Return the paragraphs of both editions in order, each as stretches of words."""
    return changes(_paragraphs(before), _paragraphs(after))


def _paragraphs(edition: PageEdition | None) -> list[str]:
    return paragraphs_of(edition.title, edition.lead, to_plain(edition.body)) if edition else []
