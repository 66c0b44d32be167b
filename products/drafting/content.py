"""What an edition says, as data: for its revisions, for comparing, and for putting an earlier one back."""

from __future__ import annotations

from typing import Any

from products.models import Edition, EditionPart

TEXTS = ("title", "subtitle", "summary", "objectives", "changes", "link", "medium", "licence")
PART = ("slug", "title", "body", "pillar_id", "position")


def content_of(edition: Edition) -> dict[str, Any]:
    """Return the words of an edition as they are in the database: its texts by name, and `parts`, each with its own."""
    parts = EditionPart.objects.filter(edition=edition).order_by("position", "pk").values(*PART)
    return {name: getattr(edition, name) for name in TEXTS} | {"parts": list(parts)}
