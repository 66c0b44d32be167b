"""What the help mail says of products that everybody reads before they are public."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.slates.emails import in_words
from correspondence.addresses import Letter
from correspondence.inbound.guide import MOST, Guide, Offer, guides
from products.models import CommunityReview
from products.window.emails import SPEAK, address_for

if TYPE_CHECKING:
    from ambassadors.models import User


def offers(person: User) -> Iterator[Offer]:
    """One for each that is open."""
    windows = CommunityReview.objects.visible_to(person).open().select_related("edition").order_by("closes_at", "pk")
    for window in windows[:MOST]:
        said = {"title": window.edition.title, "closes": in_words(window.closes_at)}
        line = (
            _("“%(title)s”, before it is public, until %(closes)s. Write “I stand behind it”, “object: …” or what you suggest.")
            % said
        )
        yield Offer(line, Letter(address_for(SPEAK, person, window), window.edition.title))


guides.add("community reviews", Guide(gettext_lazy("Before it is public"), 52, offers))
