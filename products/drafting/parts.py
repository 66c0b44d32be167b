"""The parts of an edition: one more, in another order, one less. Each is a saving like any other, with its revision."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING

from django.utils.text import slugify
from django.utils.translation import gettext as _

from foundation.models import Via
from foundation.workflow import TransitionRefused
from products.drafting.saving import parts_as_data
from products.drafting.workflow import save_edition
from products.models import Edition

if TYPE_CHECKING:
    from ambassadors.models import User

MOST = 40
WORD = {"up": -1, "down": 1}
RESERVED = frozenset({"editions", "compare", "files", "tell-me"})  # pages of a product: no part has such an address


def add_part(edition: Edition, title: str, *, by: User, via: Via = Via.WEB) -> str:
    """Put one more part at the end, and return the last word of its address. Raises TransitionRefused when there are as many as can be."""
    parts = parts_as_data(edition)
    if len(parts) >= MOST:
        raise TransitionRefused(f"{edition} has {MOST} parts")
    base = slugify(title)[:70].strip("-") or "part"
    taken = {part["slug"] for part in parts} | RESERVED
    slug = next(slug for slug in chain([base], (f"{base}-{n}" for n in count(2))) if slug not in taken)
    parts.append({"slug": slug, "title": title.strip(), "body": "", "pillar_id": None})
    save_edition(
        edition, by=by, revision=edition.revision, parts=parts, note=_("Began the part “%s”") % title.strip()[:200], via=via
    )
    return slug


def move_part(edition: Edition, slug: str, word: str, *, by: User, via: Via = Via.WEB) -> None:
    """Put a part one place up or down; at the end of the list it stays."""
    parts = parts_as_data(edition)
    place = next((place for place, part in enumerate(parts) if part["slug"] == slug), None)
    if place is None:
        raise TransitionRefused(f"{edition} has no part {slug}")
    other = place + WORD[word]
    if 0 <= other < len(parts):
        parts[place], parts[other] = parts[other], parts[place]
        save_edition(edition, by=by, revision=edition.revision, parts=parts, via=via)


def remove_part(edition: Edition, slug: str, *, by: User, via: Via = Via.WEB) -> None:
    """Take a part away. What it said stays in the revision before, from which it can be put back."""
    parts = parts_as_data(edition)
    gone = [part for part in parts if part["slug"] == slug]
    if not gone or len(parts) == 1:
        raise TransitionRefused(f"{edition} has no part {slug}, or no other")
    left = [part for part in parts if part["slug"] != slug]
    note = _("Took the part “%s” away") % (gone[0]["title"] or slug)[:200]
    save_edition(edition, by=by, revision=edition.revision, parts=left, note=note, via=via)
