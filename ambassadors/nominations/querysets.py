"""Which nominations a reader may see: their own as a nominator, the cases as somebody with a duty in them."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone

from foundation.audiences import Audience, reached_by
from foundation.models import HistoryEntry

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import CriteriaEdition, Nomination, User
    from foundation.prepared import Late

AT_WORK = ("submitted", "vetting", "slate", "approved")
NEWS = ("vetting", "slate", "approved", "not now", "declined", "joined to another")
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
        """Those on their way: submitted, not decided against, and not joined yet."""
        return self.filter(status__in=AT_WORK, joined_at=None)

    def to_clear(self) -> Self:
        """Those that were decided against, or withdrawn, so long ago that the case is to be forgotten."""
        from ambassadors.models import AdmissionRules  # deferred: the models take their querysets from here

        long_ago = months_ago(timezone.now(), AdmissionRules.current().months_kept)
        over = Q(status__in=["declined", "withdrawn", "joined to another"])
        return self.filter(over | Q(_invited_in_vain(long_ago)), cleared_at=None, decided_at__lt=long_ago)

    def to_tell_of(self, *, drafts_before: datetime | Late, moved_after: datetime | Late) -> Self:
        """Drafts begun before a moment, and cases that have moved after another one, the latest first."""
        moves = HistoryEntry.objects.filter(  # unscoped: when it moved, and nothing else of the line
            target_type__app_label="ambassadors",
            target_type__model="nomination",
            target_id=Cast(OuterRef("pk"), models.CharField()),
            after__in=NEWS,
            at__gte=moved_after,
        )
        is_old_draft = Q(status="draft", created_at__lt=drafts_before)
        is_news = (Q(status__in=NEWS) & Q(Exists(moves))) | Q(joined_at__gte=moved_after)
        return self.filter(is_old_draft | is_news, cleared_at=None).order_by("-pk")

    def with_standing(self) -> Self:
        """What is said of where each stands, in a fixed number of queries."""
        return self.select_related("joined_to", "criteria").prefetch_related(
            *_standing_of(""), *_standing_of("joined_to__"), "role_labels"
        )


def months_ago(now: datetime, months: int) -> datetime:
    """Return the same day of an earlier month, or its last day where it is shorter."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    day = min(now.day, monthrange(year, month + 1)[1])
    return now.replace(year=year, month=month + 1, day=day)


def _standing_of(prefix: str) -> list[str]:
    return [f"{prefix}slate_entries__slate", f"{prefix}decisions", f"{prefix}invitations"]


def _invited_in_vain(long_ago: datetime) -> Exists:
    """Approved, and the last word on the invitation was no, or none, long ago."""
    from ambassadors.models import Invitation  # deferred: likewise

    over = Q(status="declined", answered_at__lt=long_ago) | Q(status__in=["expired", "withdrawn"], queued_at__lt=long_ago)
    alive = Invitation.objects.filter(~over, nomination=OuterRef("nomination"))
    of_case = Invitation.objects.filter(over, nomination=OuterRef("pk"), nomination__status="approved")
    return Exists(of_case.exclude(Exists(alive)))


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
        """For those who lead the case it was found in, and the other one, too."""
        from ambassadors.models import Nomination  # deferred: likewise

        led = Nomination.objects.led_by(reader)
        return self.filter(Q(other=None) | Q(other__in=led), nomination__in=led)

    def about(self, nomination: Nomination) -> Self:
        """Those which a case is a part of, found when it came in or when a later one did."""
        return self.filter(Q(nomination=nomination) | Q(other=nomination))

    def open(self) -> Self:
        """Those that nobody has decided about."""
        return self.filter(status="open")
