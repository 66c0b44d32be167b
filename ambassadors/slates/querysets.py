"""Which slates a reader may see, which nominees on them, and whose answers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, Q
from django.utils import timezone

from foundation.audiences import Audience, reached_by
from foundation.prepared import Late

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

REMIND_BEFORE = timedelta(days=2)


class SlateQuerySet(models.QuerySet):
    """Slates."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Members see a slate once it is open, and afterwards that it was there; leads and deciders also those being put together."""
        reach = reached_by(reader)
        if Audience.MEMBERS not in reach:
            return self.none()
        return self.filter(~Q(status="draft") | _has_duty(reader)) if Audience.STAFF in reach else self.exclude(status="draft")

    def open(self) -> Self:
        """Those that take answers now."""
        return self.filter(status="open", closes_at__gt=Late(timezone.now, models.DateTimeField()))

    def with_own(self, reader: User | AnonymousUser) -> Self:
        """`answered`: of how many nominees the reader has said something."""
        mine = Q(entries__answers__person=reader.pk, entries__answers__is_late=False)
        return self.annotate(answered=models.Count("entries__answers", mine))

    def with_number_of_nominees(self) -> Self:
        """`number_of_nominees`: how many are on it."""
        return self.annotate(number_of_nominees=models.Count("entries", Q(entries__taken_off_at=None)))

    def to_close(self) -> Self:
        """Those whose days are over, and which still stand open."""
        return self.filter(status="open", closes_at__lte=timezone.now())

    def to_tell(self) -> Self:
        """Those that were opened, and of which not everybody has been told."""
        return self.filter(status="open", told_at=None)

    def to_remind(self) -> Self:
        """Those that close soon, and of which nobody has been reminded. A slate of two days or less needs no reminder."""
        now = timezone.now()
        long_enough = Q(closes_at__gt=models.F("opened_at") + REMIND_BEFORE)
        return self.open().filter(long_enough, closes_at__lte=now + REMIND_BEFORE, reminded_at=None)


class SlateEntryQuerySet(models.QuerySet):
    """Nominees on slates."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Members read whoever is on a slate while it is open; leads and deciders each case that they may read."""
        from ambassadors.models import Nomination, SlateEntry  # deferred: the models take their querysets from here

        if not getattr(reader, "is_member", False):
            return self.none()
        shown = Q(pk__in=SlateEntry.objects.shown())
        return self.filter(shown | Q(nomination__in=Nomination.objects.led_by(reader)))

    def shown(self) -> Self:
        """Those that all ambassadors can read now."""
        return self.on_it().filter(slate__status="open", slate__closes_at__gt=timezone.now(), nomination__status="slate")

    def on_it(self) -> Self:
        """Those that were not taken off."""
        return self.filter(taken_off_at=None)


class SlateAnswerQuerySet(models.QuerySet):
    """Answers to slates."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """One's own, and nobody else's: leads see how many there are of each kind, and the concerns in their own place."""
        return self.filter(person=reader.pk) if getattr(reader, "is_member", False) else self.none()

    def counting(self) -> Self:
        """Those that came in time."""
        return self.filter(is_late=False)


def _has_duty(reader: User | AnonymousUser) -> Q:
    from ambassadors.models import VettingDuty  # deferred: likewise

    duties = VettingDuty.objects.leads() | VettingDuty.objects.deciders()
    return Q(Exists(duties.filter(person=reader.pk)))
