"""Whether a page is asked for whole, or only the part of it that changes."""

from __future__ import annotations

from django.http import HttpRequest


def wants_fragment(request: HttpRequest) -> bool:
    """htmx swaps a part into the page that is there. Going back to a page that it no longer remembers, it needs the whole of it."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"
