"""Which nominations a reader may see: their own as a nominator, the cases as somebody with a duty in them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import CriteriaEdition, User

AT_WORK = ("submitted", "vetting", "slate", "approved")
OVER = ("not now", "declined", "withdrawn", "joined to another")


class CriteriaEditionQuerySet(models.QuerySet):
    """Editions of what is asked of a nominee."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Members read the published ones, the support team the drafts too."""
        reach = reached_by(reader)
        if Audience.STAFF in reach:
            return self
        return self.published() if Audience.MEMBERS in reach else self.none()

    def published(self) -> Self:
        """Those in force, or once in force."""
        return self.filter(status="published")

    def in_force(self) -> CriteriaEdition | None:
        """Return the edition that a nomination takes today."""
        found: Any = self.published().order_by("-number").first()
        edition: CriteriaEdition | None = found
        return edition


class NominationQuerySet(models.QuerySet):
    """Nominations, by reader and by where they stand."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """One's own, and the cases in which one has a duty."""
        if not getattr(reader, "is_member", False):
            return self.none()
        return self.filter(_own(reader) | _cases_of(reader))

    def own(self, reader: User | AnonymousUser) -> Self:
        """Those that `reader` wrote, while they are a member."""
        return self.filter(_own(reader)) if getattr(reader, "is_member", False) else self.none()

    def cases_of(self, reader: User | AnonymousUser) -> Self:
        """Those which `reader` vets, leads or decides about, and has not stepped back from."""
        return self.filter(_cases_of(reader)) if getattr(reader, "is_member", False) else self.none()

    def led_by(self, reader: User | AnonymousUser) -> Self:
        """Those of the whole queue, for a vetting lead or somebody who decides."""
        return self.filter(_led_by(reader)) if getattr(reader, "is_member", False) else self.none()

    def at_work(self) -> Self:
        """Those on their way: submitted, and not decided to the end."""
        return self.filter(status__in=AT_WORK)

    def due_again(self) -> Self:
        """“Not now” whose day has come."""
        return self.filter(status="not now", revisit_on__lte=timezone.localdate())

    def to_clear(self) -> Self:
        """Those that were decided against, or withdrawn, so long ago that the case is to be forgotten."""
        from ambassadors.models import AdmissionRules  # deferred: the models take their querysets from here

        months = AdmissionRules.current().months_kept
        long_ago = timezone.now() - timedelta(days=months * 30)
        return self.filter(status__in=["declined", "withdrawn", "joined to another"], cleared_at=None, decided_at__lt=long_ago)


def _own(reader: Any) -> Q:
    return Q(nominator=reader.pk)


def _duty_of(reader: Any, condition: Q) -> Exists:
    from ambassadors.models import VettingDuty  # deferred: the models take their querysets from here

    return Exists(VettingDuty.objects.filter(condition, person=reader.pk))


def _stepped_back(reader: Any) -> Exists:
    from ambassadors.models import Recusal  # deferred: likewise

    return Exists(Recusal.objects.filter(person=reader.pk, nomination=OuterRef("pk")))


def _open_to(reader: Any) -> Q:
    """Nobody reads the case of somebody they nominated, or their own, or one that they have stepped back from, whatever their duty."""
    from ambassadors.models import Nomination  # deferred: the models take their querysets from here

    involved = Q(nominator=reader.pk, nominator__isnull=False) | Q(nominee=reader.pk, nominee__isnull=False)
    also_nominated = Exists(Nomination._base_manager.filter(joined_to=OuterRef("pk"), nominator=reader.pk))
    return ~involved & ~Q(_stepped_back(reader)) & ~Q(also_nominated)


def _led_by(reader: Any) -> Q:
    """All that have been submitted, for leads and deciders; the prospect list too. Drafts are their writer's alone."""
    if not reader.is_staff:
        return Q(pk__in=[])
    return Q(_duty_of(reader, Q(is_lead=True) | Q(decides=True))) & ~Q(status="draft") & _open_to(reader)


def _cases_of(reader: Any) -> Q:
    from ambassadors.models import VettingAssignment  # deferred: likewise

    assigned = VettingAssignment.objects.filter(vetter=reader.pk, nomination=OuterRef("pk"), status__in=["assigned", "assessed"])
    assesses = Q(Exists(assigned)) & Q(_duty_of(reader, Q(is_vetter=True)))
    return _led_by(reader) | (assesses & _open_to(reader))


class NominationMatchQuerySet(models.QuerySet):
    """Possible doubles."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """For those who lead the case it was found in."""
        from ambassadors.models import Nomination  # deferred: likewise

        return self.filter(nomination__in=Nomination.objects.led_by(reader))

    def open(self) -> Self:
        """Those that nobody has decided about."""
        return self.filter(status="open")
