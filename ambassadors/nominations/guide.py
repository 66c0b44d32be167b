"""What the help mail and the page of one's addresses say of putting somebody forward."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.nominations.inbound import PREFIX, address_of
from correspondence.addresses import Letter, at_our_domain
from correspondence.digests.sections import Target
from correspondence.inbound.guide import Guide, Offer, guides
from correspondence.own_addresses import Act, Keepable, own_addresses

if TYPE_CHECKING:
    from ambassadors.models import User


def offers(person: User) -> Iterator[Offer]:
    """A name and a sentence are enough."""
    line = _("Their name as the subject, and a sentence on why. You can add the rest later.")
    yield Offer(line, Letter(at_our_domain(address_of(person).local_part)))


def keepable_by(person: User) -> Iterator[Keepable]:
    """The one address for nominations."""
    text = _("Put somebody forward: their name as the subject, and a sentence on why.")
    yield Keepable(Target(PREFIX, type(person), person.pk), (Act(PREFIX, text, _("Put somebody forward")),))


own_addresses.add("nominations", keepable_by)
guides.add("nominations", Guide(gettext_lazy("Put somebody forward"), 60, offers))
