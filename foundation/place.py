"""Which place of the head a page belongs to, where its address does not say so."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse


def stand_at(request: HttpRequest, url_name: str) -> None:
    """Let the head show the place of `url_name` as the one that the reader is in."""
    request.place = reverse(url_name)  # type: ignore[attr-defined]


def place_of(request: HttpRequest) -> str:
    """Return the address by which the head finds the current place."""
    return getattr(request, "place", request.path)
