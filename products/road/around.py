"""Where else one goes from the pages of a product that is being made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from products import rules
from products.models import Edition

if TYPE_CHECKING:
    from ambassadors.models import User

READ_BY_ALL = {"community review", "approved", "published"}


@dataclass(frozen=True)
class Way:
    """One page: its name among our addresses, where it is, what it is called, and its icon."""

    name: str
    url: str
    label: str
    icon: str


def ways_around(me: User, edition: Edition, *, here: str) -> list[Way]:
    """The pages of an edition that `me`, who follows its making, can open; without the one called `here`."""
    return [way for way in _ways(me, edition) if way.name != here]


def _ways(me: User, edition: Edition) -> list[Way]:
    slug, place = [edition.product.slug], [edition.product.slug, edition.number]
    ways = [
        _way("product-progress", slug, _("Where it stands"), "milestone"),
        _way("edition-edit", place, _("The text"), "file-text"),
        _way("author-list", slug, _("Authors, and who helped"), "users"),
        _way("draft-remark-list", place, _("Comments on the draft"), "message-square"),
        _way("edition-files", place, _("Files to download"), "paperclip"),
        _way("revision-list", place, _("Versions, and what changed"), "history"),
    ]
    if rules.may_write(me, edition):
        ways.append(_way("product-about", slug, _("What it is about, and for whom"), "tag"))
    if rules.may_decide(me, edition):
        ways.append(_way("round-detail", place, _("Peer review"), "messages-square"))
    elif edition.submitted_at is not None:
        ways.append(_way("comment-list", place, _("What reviewers said"), "messages-square"))
    if edition.submitted_at is not None and not edition.is_out:
        ways.append(_way("edition-seen-as", [*place, "reviewer"], _("As others see it"), "eye"))
    if edition.status in READ_BY_ALL:
        ways.append(_way("community-review-detail", slug, _("Community review"), "hand"))
    if edition.is_out:
        ways.append(_way("edition-detail", place, _("As readers see it"), "book-open"))
    return ways


def _way(name: str, args: Sequence[object], label: str, icon: str) -> Way:
    return Way(name, reverse(f"products:{name}", args=args), label, icon)
