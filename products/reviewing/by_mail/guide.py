"""What the help mail says of reviews: where to write about each that one was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.addresses import Letter, at_our_domain
from correspondence.inbound.guide import MOST, Guide, Offer, guides
from products.models import Review
from products.reviewing import link

if TYPE_CHECKING:
    from ambassadors.models import User


def offers(person: User) -> Iterator[Offer]:
    """What waits for their review, the first due first."""
    waiting = Review.objects.of(person).waiting().select_related("reviewer", "round__edition").order_by("due_on", "pk")
    for review in waiting[:MOST]:
        title = review.round.edition.title
        line = _("Comment on “%(title)s”, or say yes or no to reviewing it") % {"title": title}
        yield Offer(line, Letter(at_our_domain(link.answer_address(review).local_part), f"Re: {title}"))


guides.add("reviews", Guide(gettext_lazy("Reviews"), 45, offers))
