"""What an archive holds of mail that came back from somebody's addresses, and what erasing a person leaves of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from correspondence.models import AddressHealth, MailFailure
from foundation.own_sections import addresses_of
from foundation.privacy_export import Record, Section, sections

if TYPE_CHECKING:
    from ambassadors.models import User


def what_came_back(person: User) -> Iterable[Record]:
    """Each report about an address of theirs, and whether mail goes there now."""
    found = MailFailure.objects.filter(health__address__in=addresses_of(person)).select_related("health").order_by("pk")
    for failure in found.iterator(chunk_size=500):
        yield {
            "address": failure.health.address,
            "at": failure.at,
            "what": failure.get_kind_display(),
            "words": failure.words,
            "mail to the address": failure.health.get_state_display(),
        }


def forget_what_came_back(person: User) -> None:
    """It goes with the person."""
    AddressHealth.objects.filter(address__in=addresses_of(person)).delete()


sections.add(
    "mail that came back",
    Section(
        _("Mail of ours that came back"),
        what_came_back,
        forget_what_came_back,
        weight=33,
        models=("correspondence.AddressHealth", "correspondence.MailFailure"),
        text=_("What other mail servers told us about mail to your addresses; kept for a year."),
    ),
)
