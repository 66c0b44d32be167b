"""Who volunteers, and whose a talk is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from foundation.prepared import Late

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

ALIVE = ("asked", "offered", "agreed")
MONTH = timedelta(days=30)
KEPT = timedelta(weeks=4)  # after the talk, or after it was asked for and came to nothing


class TalkVolunteerQuerySet(models.QuerySet):
    """Ambassadors who give half an hour."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own row; for those who run the sessions of an organisation that has closed a round, all who can be asked today."""
        from practice.models import TalkVolunteer  # deferred: the models take their querysets from here

        own = Q(person=user.pk)
        if not user.is_authenticated or not user.is_active:
            return self.none()
        may_look = Exists(_looking(user))
        return self.filter(own | (Q(may_look) & Q(pk__in=TalkVolunteer.objects.available().values("pk"))))

    def available(self) -> Self:
        """Those who are active and not away, and have had fewer talks within a month than they bear."""
        from ambassadors.models import Ambassador  # deferred: the models take their querysets from here
        from practice.models import Talk  # deferred: likewise

        there = Ambassador.objects.available_on(timezone.now()).filter(user__is_active=True)
        recent = Talk.objects.filter(volunteer=OuterRef("person"), status__in=ALIVE, asked_at__gt=timezone.now() - MONTH)
        counted = recent.order_by().values("volunteer").annotate(n=Count("pk")).values("n")
        counted_rows = self.annotate(talks=Coalesce(Subquery(counted), 0))
        return counted_rows.filter(talks__lt=F("most_a_month"), person__in=there.values("user"))


class TalkQuerySet(models.QuerySet):
    """Talks."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The organisation's own; the volunteer's until four weeks after it, or after it came to nothing. Nobody else's."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(Q(organization__in=_run_by(user)) | _is_read_by_volunteer(user))

    def asked_for(self, user: User | AnonymousUser) -> Self:
        """Those of organisations whose sessions `user` runs."""
        return self.filter(organization__in=_run_by(user))

    def given_by(self, user: User | AnonymousUser) -> Self:
        """Those that `user` is asked for as a volunteer, while they may be read."""
        return self.filter(_is_read_by_volunteer(user))

    def alive(self) -> Self:
        return self.filter(status__in=ALIVE)

    def over(self) -> Self:
        """Those whose four weeks have ended."""
        return self.exclude(_is_kept())

    def forget_shared(self) -> int:
        """Delete what was shared for them, and how the two met; return of how many. That there was a talk stays the organisation's."""
        shared = ~Q(figures=[]) | ~Q(words="") | ~Q(where="")
        return self.filter(shared).update(figures=[], words="", where="", shares_organization=False, shares_person=False)


def _is_read_by_volunteer(user: Any) -> Q:
    return Q(volunteer=user.pk) & _is_kept() & ~Q(status="withdrawn")


def _is_kept() -> Q:
    since = Late(lambda: timezone.now() - KEPT)
    return Q(starts__gt=since) | Q(starts=None, changed_at__gt=since)  # as Talk.is_over says of one


def _run_by(user: Any) -> models.QuerySet[Any, Any]:
    from practice.models import PracticeOrganization  # deferred: likewise

    return PracticeOrganization.objects.visible_to(user).values("pk")


def _looking(user: Any) -> models.QuerySet[Any, Any]:
    from practice.models import LearningSession  # deferred: likewise

    return LearningSession.objects.visible_to(user).filter(status="closed")
