"""The words of a post: typed or mailed as plain text, kept as the rich text of the house."""

from __future__ import annotations

from django.template.defaultfilters import linebreaks
from django.utils.html import urlize

LONGEST = 50_000


def rich_from_plain(text: str) -> str:
    """Return plain text as paragraphs with links."""
    return linebreaks(urlize(text, nofollow=True, autoescape=True))
