"""Addresses of rows, said once: a page of posts has a hundred of them, and to make one takes longer than to find it here."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from django.urls import get_script_prefix, get_urlconf, reverse

MOST = 16384


class Site(NamedTuple):
    """Where the addresses of a request lead: looked up once a page."""

    urlconf: str | None
    prefix: str


def this_site() -> Site:
    """The one that is being asked."""
    return Site(get_urlconf(), get_script_prefix())


def address(name: str, pk: int, site: Site | None = None) -> str:
    """The address `discussions:<name>` of the row with this key."""
    return _address(name, pk, *(site or this_site()))


@lru_cache(maxsize=MOST)
def _address(name: str, pk: int, _urlconf: str | None, _prefix: str) -> str:
    return reverse(f"discussions:{name}", args=[pk])
