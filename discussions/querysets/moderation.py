"""Who knows of reports, and whom people keep from writing to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from ambassadors.querysets import who_are_members
from discussions.querysets.spaces import is_let_in
from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

OPEN = ["open", "in hand"]


class ConductDutyQuerySet(models.QuerySet):
    """Who handles reports."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Who has this duty is no secret: members may want to know who would read a report of theirs."""
        return self if Audience.MEMBERS in reached_by(user) else self.none()

    def at_work(self) -> Self:
        """Those who can do it today."""
        return self.filter(who_are_members("person__"))


class ReportQuerySet(models.QuerySet):
    """Reports, by who may know of them."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own reports, and those that one handles. The person whose words were reported never learns of it here."""
        return self.filter(Q(reporter=user.pk) | Q(pk__in=self.handled_by(user).values("pk"))) if is_let_in(user) else self.none()

    def handled_by(self, user: User | AnonymousUser) -> Self:
        """Those that `user` handles: whoever has the duty all, whoever leads a space those about what was said in it.

        Nobody handles a report of their own, or one about their own words. Where that leaves nobody with the duty, the rest of the
        support team handles it.
        """
        from discussions.models import ConductDuty, Space  # deferred: the models take their querysets from here

        if not is_let_in(user):
            return self.none()
        led = Q(post__thread__space__in=Space.objects.led_by(user).values("pk"))
        by_duty = Q(Exists(ConductDuty.objects.filter(person=user.pk)))
        handled = led | by_duty | ~Q(Exists(_free_for_it())) if getattr(user, "is_staff", False) else led | by_duty
        return self.filter(handled).exclude(reporter=user.pk).exclude(reported=user.pk)

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def settled(self) -> Self:
        return self.exclude(status__in=OPEN)


def _free_for_it() -> Any:
    """Those with the duty who are no party of the report. 0 is nobody's key: parties may have been erased."""
    from discussions.models import ConductDuty  # deferred: likewise

    reporter, reported = (Coalesce(OuterRef(name), Value(0)) for name in ("reporter", "reported"))
    return ConductDuty.objects.at_work().exclude(person=reporter).exclude(person=reported)


class ReportNoteQuerySet(models.QuerySet):
    """What handlers write to each other."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """For the handlers of the report; whoever reported reads the outcome, not the notes."""
        from discussions.models import Report  # deferred: likewise

        return self.filter(report__in=Report.objects.handled_by(user).values("pk"))


class BlockQuerySet(models.QuerySet):
    """Who takes no private messages from whom."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own; the one who is blocked learns nothing of it."""
        return self.filter(person=user.pk) if is_let_in(user) else self.none()

    def between(self, user: User, others: Any) -> Self:
        """Those that keep `user` and any of `others` apart, whoever of the two said so."""
        return self.filter(Q(person=user.pk, blocked__in=others) | Q(blocked=user.pk, person__in=others))


class MeasureQuerySet(models.QuerySet):
    """What is decided about people who broke the norms."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The support team, and the person from the moment it is in force."""
        if not is_let_in(user):
            return self.none()
        if getattr(user, "is_staff", False):
            return self.exclude(person=user.pk)
        return self.filter(person=user.pk, status__in=["in force", "ended", "lifted"])

    def proposed(self) -> Self:
        return self.filter(status="proposed")

    def appealed(self) -> Self:
        """Those whose appeal nobody has decided about."""
        return self.filter(appealed_at__isnull=False, answered_at=None)

    def over_on(self, day: Any) -> Self:
        """Pauses whose last day has passed."""
        return self.filter(kind="pause", status="in force", until__lt=day)
