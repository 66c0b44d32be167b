from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User
    from correspondence.models import MailPreference, OutgoingMail


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """The outbox by state. A worker holds a row by its claim; whoever lost the claim changes nothing any more."""

    def claim(self, pk: int, *, lease: timedelta) -> OutgoingMail | None:
        """Take one due mail for the time of `lease` and return it, or None when it is not due or another worker holds it."""
        now, token = timezone.now(), secrets.token_hex(16)
        # Many workers may be told of the same row: the filter lets exactly one update find it.
        won = self.due(now).filter(pk=pk)
        if not won.update(state="claimed", claim=token, lease_until=now + lease, attempts=F("attempts") + 1):
            return None
        return self.select_related("person").filter(pk=pk, claim=token).first()

    def due(self, now: datetime) -> OutgoingMailQuerySet:
        """What a worker may take: queued and due, or left behind by a worker whose lease has run out before the mail's text began."""
        return self.filter(Q(state="queued", due_at__lte=now) | Q(state="claimed", lease_until__lt=now))

    def left_hanging(self, now: datetime) -> OutgoingMailQuerySet:
        """What a worker began to hand over and never said how it ended."""
        return self.filter(state="handing over", lease_until__lt=now)

    def held_by(self, mail: OutgoingMail) -> OutgoingMailQuerySet:
        """The row of `mail`, as long as its claim is still the one under which it was read."""
        return self.filter(pk=mail.pk, claim=mail.claim).exclude(claim="")

    def visible_to(self, viewer: User | AnonymousUser) -> OutgoingMailQuerySet:
        """The support team sees every envelope (the words are not in the row); nobody else sees any."""
        return self if Audience.STAFF in reached_by(viewer) else self.none()

    def settled(self) -> OutgoingMailQuerySet:
        """Mails that nobody will send any more."""
        return self.filter(state__in=["sent", "unwanted", "in digest"])


class MailTextQuerySet(models.QuerySet):
    """The community's own words in mails."""

    def visible_to(self, viewer: User | AnonymousUser) -> MailTextQuerySet:
        """The support team words the mails."""
        return self if Audience.STAFF in reached_by(viewer) else self.none()


class MailPreferenceQuerySet(models.QuerySet):
    """Who wants what."""

    def owned_by(self, person: User | None, address: str) -> MailPreferenceQuerySet:
        """The preferences of an account, or of an address that has none."""
        return self.filter(**owner(person, address))

    def wants(self, kind: str, person: User | None, address: str) -> bool:
        """Whether the recipient wants this kind: yes, unless they said no."""
        return not self.owned_by(person, address).filter(kind=kind, wanted=False).exists()

    def say(self, kind: str, *, person: User | None, address: str, wanted: bool) -> MailPreference:
        """Remember what the recipient wants."""
        said, _ = self.update_or_create(kind=kind, **owner(person, address), defaults={"wanted": wanted})
        return cast("MailPreference", said)


def owner(person: User | None, address: str) -> dict[str, Any]:
    """Whose preference it is: the account's if there is one, whichever of its addresses the mail went to."""
    return {"person": person, "address": ""} if person else {"person": None, "address": address.strip().lower()}
