"""The mail that came in: what waits, and who may see what."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from foundation.secrecy import fits, row_of

if TYPE_CHECKING:
    from ambassadors.models import User
    from correspondence.digests.sections import Target
    from correspondence.models import ReplyAddress

LEASE = timedelta(minutes=5)
OF_EACH = """
INSERT INTO correspondence_replyaddress (prefix, person_id, target_type_id, target_id, nonce, created_at) VALUES {}
ON CONFLICT (prefix, person_id, target_type_id, target_id) DO UPDATE SET prefix = excluded.prefix RETURNING *
"""
TRIES = 5


class ReplyAddressQuerySet(models.QuerySet):
    """The addresses of ours that stand for one person and one thing."""

    def visible_to(self, user: User | AnonymousUser) -> ReplyAddressQuerySet:
        """One's own, and nobody else's: whoever knows one speaks in its person's name."""
        return self.filter(person=user.pk)

    def of(self, prefix: str, person: User, target: models.Model) -> ReplyAddress:
        """Return the person's address for `target`, made when it is first needed."""
        kind = ContentType.objects.get_for_model(target)
        address: Any = self.get_or_create(prefix=prefix, person=person, target_type=kind, target_id=str(target.pk))[0]
        found: ReplyAddress = address
        return found

    def of_each(self, person: User, wanted: Collection[Target]) -> dict[Target, ReplyAddress]:
        """Return the person's addresses for many targets in one query; those that were not there yet are made."""
        if not wanted:
            return {}
        kinds = {target: ContentType.objects.get_for_model(target.model).pk for target in wanted}
        # "Do update" because "do nothing" returns no row: of several workers at once, each gets the one that is there.
        new = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(kinds))
        values = [
            one
            for target, kind in kinds.items()
            for one in (target.prefix, person.pk, kind, str(target.pk), secrets.token_hex(16), timezone.now())
        ]
        rows: Any = self.raw(OF_EACH.format(new), values)
        found: dict[Any, Any] = {(row.prefix, row.target_type_id, row.target_id): row for row in rows}
        return {target: found[target.prefix, kind, str(target.pk)] for target, kind in kinds.items()}

    def there_for(self, person: User, wanted: Collection[Target]) -> dict[Target, ReplyAddress]:
        """Return those of the person's addresses for many targets that are there, in one query; the order is that of `wanted`."""
        keys = {(one.prefix, ContentType.objects.get_for_model(one.model).pk, str(one.pk)): one for one in wanted}
        rows: Any = self.filter(person=person, prefix__in={one.prefix for one in wanted})
        found = {key: row for row in rows if (key := (row.prefix, row.target_type_id, row.target_id)) in keys}
        return {target: found[key] for key, target in keys.items() if key in found}

    def for_target(self, prefix: str, person: User, target: models.Model) -> ReplyAddress | None:
        """Return the person's address for `target` if there is one already."""
        kind = ContentType.objects.get_for_model(target)
        found: Any = self.filter(prefix=prefix, person=person, target_type=kind, target_id=str(target.pk)).first()
        address: ReplyAddress | None = found
        return address

    def with_token(self, prefix: str, token: str, rows_of: Collection[str] = ()) -> ReplyAddress | None:
        """Return the address that a token for `prefix` names, or None when it names none or was made up.

        Its row was made for `prefix`, or for one of `rows_of`.
        """
        pk = row_of(token)
        address: Any = self.select_related("person").filter(pk=pk, prefix__in=rows_of or [prefix]).first() if pk else None
        found: ReplyAddress | None = address
        return found if found and fits(token, prefix, found.pk, found.nonce) else None


class InboundMailQuerySet(models.QuerySet):
    """Mail by state and by reader."""

    def visible_to(self, user: User | AnonymousUser) -> InboundMailQuerySet:
        """Each person sees what they wrote themselves, or what came to an address of theirs and waits for their word."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(person=user).exclude(outcome__in=["", "ignored"])

    def as_envelopes_for(self, user: User | AnonymousUser) -> InboundMailQuerySet:
        """All mail for the support team, without its words."""
        return self.defer("raw") if user.is_active and getattr(user, "is_staff", False) else self.none()

    def not_simply_done(self) -> InboundMailQuerySet:
        return self.filter(outcome__in=["held", "refused"])

    def held(self) -> InboundMailQuerySet:
        return self.filter(outcome="held", raw__isnull=False)

    def left_behind(self) -> InboundMailQuerySet:
        """Stored, but nobody works on it: the process died, or the lease ran out."""
        now = timezone.now()
        free = models.Q(lease_until=None, received_at__lt=now - timedelta(seconds=30)) | models.Q(lease_until__lt=now)
        return self.filter(free, state="received").order_by("received_at")

    def claim(self, pk: int) -> bool:
        """Take one mail in hand for five minutes; False when it is settled or somebody else has it."""
        now = timezone.now()
        free = models.Q(lease_until=None) | models.Q(lease_until__lt=now)
        # Counted and committed before the work: a mail that kills its worker is given up after some tries, not tried for ever.
        won = self.filter(free, pk=pk, state="received").update(lease_until=now + LEASE, attempts=models.F("attempts") + 1)
        return bool(won)
