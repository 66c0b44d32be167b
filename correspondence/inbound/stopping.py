"""What the help mail says of mail that one gets: each kind that came lately can be stopped from there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence import preferences
from correspondence.addresses import Letter, unsubscribe_address
from correspondence.inbound.guide import Guide, Offer, guides
from correspondence.kinds import kinds
from correspondence.models import OutgoingMail

if TYPE_CHECKING:
    from ambassadors.models import User

LATELY = timedelta(days=60)


def offers(person: User) -> Iterator[Offer]:
    """One for each kind of mail that the person got lately, and has not switched off."""
    off = preferences.switched_off(person)
    lately = OutgoingMail.objects.filter(person=person, state="sent", created_at__gte=timezone.now() - LATELY)
    newest = lately.filter(kind__in=[kind.name for kind in preferences.offered() if kind.name not in off])
    for mail in newest.order_by("kind", "-pk").distinct("kind"):
        label = str(kinds[mail.kind].label)
        yield Offer(
            _("No more of: %(kind)s") % {"kind": label}, Letter(unsubscribe_address(mail), _("Stop: %(kind)s") % {"kind": label})
        )


guides.add("stop", Guide(gettext_lazy("Get less mail"), 90, offers))
