"""Addresses of rows, said once: a page of posts has a hundred of them, and to make one takes longer than to find it here."""

from __future__ import annotations

from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse

MOST = 16384


def address(name: str, pk: int) -> str:
    """The address `discussions:<name>` of the row with this key."""
    return _address(name, pk, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=MOST)
def _address(name: str, pk: int, _urlconf: str | None, _prefix: str) -> str:
    return reverse(f"discussions:{name}", args=[pk])
