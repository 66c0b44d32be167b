"""The address of a space that everybody can know: its name at our domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.addresses import at_our_domain
from correspondence.inbound.names import is_ours

if TYPE_CHECKING:
    from discussions.models import Space

OF_SPACE = ".space"  # no slug and no prefix has a dot: `help.space@` is the space "Help", and nothing else
LONGEST = 64


def plain_address(space: Space) -> str:
    """Return where mail for a space goes from one's own mail program; empty where it would be too long for mail servers."""
    name = f"{space.slug}{OF_SPACE}" if is_ours(space.slug) else space.slug
    return at_our_domain(name) if len(name) <= LONGEST else ""


def slug_in(name: str) -> str:
    """Return the slug of the space that this name would stand for; empty where it stands for something of ours."""
    slug = name.removesuffix(OF_SPACE)
    return "" if slug == name and is_ours(name) else slug
