"""What the help mail says of putting somebody forward."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.nominations.inbound import address_of
from correspondence.addresses import Letter, at_our_domain
from correspondence.inbound.guide import Guide, Offer, guides

if TYPE_CHECKING:
    from ambassadors.models import User


def offers(person: User) -> Iterator[Offer]:
    """A name and a sentence are enough."""
    line = _("Their name as the subject, and a sentence on why. You can add the rest later.")
    yield Offer(line, Letter(at_our_domain(address_of(person).local_part)))


guides.add("nominations", Guide(gettext_lazy("Put somebody forward"), 60, offers))
