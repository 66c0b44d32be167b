"""Who of GrowCom sees what of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class VettingDutyQuerySet(models.QuerySet):
    """Who has which duty."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """The support team knows who is of GrowCom; everybody knows it of themselves."""
        return self if Audience.STAFF in reached_by(reader) else self.filter(person=reader.pk)

    def vetters(self) -> Self:
        """Those who assess cases, and may do so today."""
        return self.filter(is_vetter=True, person__is_active=True)

    def leads(self) -> Self:
        """Those who run the queue and read concerns."""
        return self.filter(is_lead=True, person__is_active=True, person__is_staff=True)

    def deciders(self) -> Self:
        """Those who decide."""
        return self.filter(decides=True, person__is_active=True, person__is_staff=True)


class VettingAssignmentQuerySet(models.QuerySet):
    """Cases in the hands of vetters."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Leads and deciders see all of the cases they have not stepped back from.

        A vetter sees their own, and those of the others once their own is given: not a word before.
        """
        from ambassadors.models import Nomination, VettingAssignment  # deferred: the models take their querysets from here

        cases = Nomination.objects.cases_of(reader)
        given = VettingAssignment.objects.filter(nomination=OuterRef("nomination"), vetter=reader.pk, status="assessed")
        led = Q(nomination__in=Nomination.objects.led_by(reader)) & ~_owes(reader)
        return self.filter(Q(vetter=reader.pk) | led | (Q(Exists(given)) & Q(status="assessed")), nomination__in=cases)

    def of(self, reader: User | AnonymousUser) -> Self:
        """Those in the hands of `reader`."""
        return self.visible_to(reader).filter(vetter=reader.pk)

    def waiting(self) -> Self:
        """Those still to be assessed."""
        return self.filter(status="assigned")

    def counted(self) -> Self:
        """Those that are, or will be, part of the case."""
        return self.filter(status__in=["assigned", "assessed"])

    def late(self) -> Self:
        """Those whose day has passed."""
        return self.waiting().filter(due_on__lt=timezone.localdate())


def _owes(reader: User | AnonymousUser) -> Q:
    """A lead who also assesses the case gives their own first, as everybody does."""
    from ambassadors.models import VettingAssignment  # deferred: likewise

    return Q(Exists(VettingAssignment.objects.filter(nomination=OuterRef("nomination"), vetter=reader.pk, status="assigned")))


class ConcernQuerySet(models.QuerySet):
    """Concerns, which the vetting leads alone read."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """One's own, and for a lead those about cases that they have not stepped back from."""
        from ambassadors.models import Nomination, VettingDuty  # deferred: likewise

        if not getattr(reader, "is_member", False):
            return self.none()
        leads = VettingDuty.objects.leads().filter(person=reader.pk)
        return self.filter(Q(author=reader.pk) | (Q(Exists(leads)) & Q(nomination__in=Nomination.objects.led_by(reader))))

    def open(self) -> Self:
        """Those that nobody has looked into."""
        return self.filter(status="open")


class DecisionQuerySet(models.QuerySet):
    """Decisions with their reasons."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """For leads and deciders of the case. A nominator gets what they are told, by mail and in words, never this row."""
        from ambassadors.models import Nomination  # deferred: likewise

        return self.filter(nomination__in=Nomination.objects.led_by(reader))
