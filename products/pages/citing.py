"""How an edition is cited: said once, for pages, print, feeds and machines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from products.models import Edition


def address_of(edition: Edition) -> str:
    """The permanent address of an edition, whole."""
    return settings.SITE_URL + edition.get_absolute_url()


def citation(edition: Edition, authors: Sequence[str], community: str) -> str:
    """Authors (year). Title: subtitle. Edition. Community. Address. Without named authors the community speaks."""
    who = _listed(authors) or community
    year = f" ({edition.published_at:%Y})" if edition.published_at else ""
    title = _stopped(f"{edition.title}: {edition.subtitle}" if edition.subtitle else edition.title)
    publisher = f" {_stopped(community)}" if authors else ""
    return f"{who}{year}. {title} Edition {edition.label}.{publisher} {address_of(edition)}"


def csl(edition: Edition, authors: Sequence[str], community: str) -> dict[str, Any]:
    """The same as CSL-JSON, which programs for references read."""
    day = edition.published_at
    described = {
        "id": address_of(edition),
        "type": "article" if edition.product.kind in {"article", "insight"} else "report",
        "title": f"{edition.title}: {edition.subtitle}" if edition.subtitle else edition.title,
        "author": [{"literal": name} for name in authors] or [{"literal": community}],
        "publisher": community,
        "edition": edition.label,
        "URL": address_of(edition),
        "abstract": edition.summary,
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
    }
    return {name: said for name, said in described.items() if said}


def _listed(names: Sequence[str]) -> str:
    return " & ".join(([", ".join(names[:-1])] if names[:-1] else []) + list(names[-1:]))


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
