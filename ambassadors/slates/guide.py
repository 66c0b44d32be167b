"""What the help mail says of slates that are open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import Slate
from ambassadors.slates.emails import answer_address, example_of, until
from correspondence.addresses import Letter
from correspondence.inbound.guide import MOST, Guide, Offer, guides

if TYPE_CHECKING:
    from ambassadors.models import User


def offers(person: User) -> Iterator[Offer]:
    """One for each, with an example of how to answer it."""
    for slate in Slate.objects.visible_to(person).open().order_by("closes_at", "pk")[:MOST]:
        if slate.takes_answers:
            said = {"title": slate.title, "closes": until(slate), "example": example_of(slate, person)}
            line = _("“%(title)s”, open until %(closes)s. Write the numbers and a word for each, as in “%(example)s”.") % said
            yield Offer(line, Letter(answer_address(slate, person), slate.title))


guides.add("slates", Guide(gettext_lazy("Nominees before all of us"), 50, offers))
