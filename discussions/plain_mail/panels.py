"""What the page of a space says of its address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discussions import rules
from discussions.plain_mail.addresses import plain_address
from foundation.panels import Panel, panels

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User
    from discussions.models import Space


def by_mail(reader: User | AnonymousUser, space: Space) -> dict[str, Any] | None:
    """For whoever begins conversations in it: where they write. For whoever leads it: the way to what came from outside."""
    if not reader.is_authenticated or not rules.may_start(reader, space):
        return None
    return {"space": space, "address": plain_address(space), "leads": rules.leads(reader, space)}


panels.add("write to a space", Panel("space", "discussions/plain_mail/_address.html", by_mail, weight=40))
