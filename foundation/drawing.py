"""Parts of pages that are drawn once and then remembered: a template is a pure function of what it is given.

The whole of what a part shows goes in by name, and is the key under which its HTML is kept, with the language: another reader, another
word, another day is another key. So nothing grows old and nobody gets what was drawn for another. Whatever goes in must be hashable and
plain: text that is marked as safe equals the same text that is not, and is refused.
"""

from __future__ import annotations

import secrets
from functools import lru_cache
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

MOST_DRAWN = 2048  # parts of 1 to 9 KB, in each process
TOKEN = secrets.token_hex(16)  # stands in what is remembered for the form's token, and is known to nobody


class Here(NamedTuple):
    """What of a request itself can stand in a text or an address."""

    language: str | None
    urlconf: str | None
    prefix: str


def here() -> Here:
    """Of the request that is being answered."""
    return Here(get_language(), get_urlconf(), get_script_prefix())


def draw(template_name: str, **given: Any) -> SafeString:
    """Return the template drawn with exactly what is given."""
    for value in given.values():
        if isinstance(value, SafeString):
            raise TypeError(f"{template_name} is remembered by plain values; text that is marked as safe is none.")
    return drawn(template_name, here(), tuple(given.items()))


@lru_cache(maxsize=MOST_DRAWN)
def drawn(name: str, at: Here, given: tuple[tuple[str, Any], ...]) -> SafeString:
    """Of plain values."""
    return render_to_string(name, dict(given))


def with_token(html: str, csrf_token: object) -> SafeString:
    """Put the token of this page into the forms of what is remembered."""
    return mark_safe(html.replace(TOKEN, str(csrf_token)))  # noqa: S308  drawn by templates
