"""Who sees which prompt, round and responder."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

from discussions.querysets.spaces import is_let_in
from foundation.prepared import Late

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

TO_COME = ["planned", "private", "held"]
WILLING = ["accepted", "answered"]


def _led(user: Any) -> models.QuerySet[Any, Any]:
    from discussions.models import Space  # deferred: the models take their querysets from here

    return Space.objects.led_by(user).values("pk")


def _read(user: Any) -> models.QuerySet[Any, Any]:
    from discussions.models import Space  # deferred: likewise

    return Space.objects.read_by(user).values("pk")


class PromptQuerySet(models.QuerySet):
    """Prompts, by reader and by state."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the spaces that `user` reads."""
        return self.filter(space__in=_read(user)) if is_let_in(user) else self.none()

    def led_by(self, user: User | AnonymousUser) -> Self:
        """Those of the spaces that `user` runs."""
        return self.filter(space__in=_led(user)) if is_let_in(user) else self.none()

    def running(self) -> Self:
        """Those that come by the clock."""
        return self.filter(status="running", space__status="active")

    def without_a_round_to_come(self) -> Self:
        """Those of which no round is planned."""
        from discussions.models import PromptRound  # deferred: likewise

        return self.filter(~Exists(PromptRound.objects.filter(prompt=OuterRef("pk"), status__in=["planned", "private"])))


class PromptBreakQuerySet(models.QuerySet):
    """The breaks of prompts."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of prompts in spaces that `user` reads."""
        return self.filter(prompt__space__in=_read(user)) if is_let_in(user) else self.none()

    def led_by(self, user: User | AnonymousUser) -> Self:
        """Those that `user` may change."""
        return self.filter(prompt__space__in=_led(user)) if is_let_in(user) else self.none()


class PromptWishQuerySet(models.QuerySet):
    """What people want of prompts."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, and nobody else's."""
        return self.filter(person=user.pk)


class PromptRoundQuerySet(models.QuerySet):
    """Rounds, by reader and by state."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """In spaces that `user` reads: those that are open, those in which they are asked to answer first, and all that they run."""
        if not is_let_in(user):
            return self.none()
        from discussions.models import Responder  # deferred: likewise

        own = Responder.objects.filter(round=OuterRef("pk"), person=user.pk).exclude(status="released")
        return self.filter(Q(status="open") | Exists(own) | Q(prompt__space__in=_led(user)), prompt__space__in=_read(user))

    def led_by(self, user: User | AnonymousUser) -> Self:
        """Those of the spaces that `user` runs."""
        return self.filter(prompt__space__in=_led(user)) if is_let_in(user) else self.none()

    def running(self) -> Self:
        return self.filter(prompt__status="running", prompt__space__status="active")

    def to_come(self) -> Self:
        return self.filter(status__in=TO_COME)

    def planned_until(self, moment: datetime) -> Self:
        """Those which nobody has got yet, and which open by then."""
        return self.filter(status="planned", opens_at__lte=moment)

    def due(self, now: datetime) -> Self:
        """Those with the people who answer first whose time has come."""
        return self.filter(status="private", opens_at__lte=now)

    def to_tell(self) -> Self:
        """Open ones of which nobody was told yet."""
        return self.filter(status="open", told_at=None)

    def with_willing(self) -> Self:
        """Each with `willing`: how many agreed to answer first, those who have answered among them."""
        return self.annotate(willing=Count("responders", filter=Q(responders__status__in=WILLING)))

    def to_line_up(self, until: datetime | Late) -> Self:
        """Those that wait for their facilitator, and those that open before `until` with too few who agreed to answer first."""
        short = Q(status__in=["planned", "private"], opens_at__lte=until, willing__lt=F("prompt__minimum"))
        return self.with_willing().filter(short | Q(status="held")).filter(prompt__status="running", prompt__space__status="active")


class ResponderQuerySet(models.QuerySet):
    """Who is asked to answer first."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, and those of the spaces that one runs: nobody else knows who was asked."""
        if not is_let_in(user):
            return self.none()
        own = Q(person=user.pk, round__prompt__space__in=_read(user)) & ~Q(status="released")
        return self.filter(own | Q(round__prompt__space__in=_led(user)))

    def willing(self) -> Self:
        """Those who agreed, with those who have answered."""
        return self.filter(status__in=WILLING)

    def waiting(self) -> Self:
        """Those who have not said anything, of rounds that are still to come."""
        return self.filter(status="asked", round__status__in=TO_COME)
