"""The words of a post: typed or mailed as plain text, kept as the rich text of the house."""

from __future__ import annotations

from django.utils.html import linebreaks, urlize

from correspondence.inbound.plain import to_plain

__all__ = ["LONGEST", "rich_from_plain", "to_plain"]

LONGEST = 50_000


def rich_from_plain(text: str) -> str:
    """Return plain text as paragraphs with links."""
    return str(linebreaks(urlize(text, nofollow=True, autoescape=True)))
