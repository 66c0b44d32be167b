"""Which ways of taking part, offers and requests a reader may see."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, F, Func, Prefetch, Q, Value
from django.db.models.functions import Cast

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class EngagementOptionQuerySet(models.QuerySet):
    """The menu, which is public."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Everybody reads it."""
        return self

    def offered(self) -> Self:
        """What can be chosen today."""
        return self.filter(is_offered=True)

    def with_examples(self) -> Self:
        """The examples, read with the rows."""
        return self.prefetch_related(Prefetch("examples", to_attr="shown_examples"))


class EngagementOfferQuerySet(models.QuerySet):
    """What people offered to do."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """One's own, and those for an audience one belongs to, of people whose profile one may open."""
        from ambassadors.models import Ambassador  # deferred: the models take their querysets from here

        seen = Ambassador.objects.visible_to(reader).filter(user__is_active=True).values("pk")
        belongs = Q(ambassador__status__in=["active", "paused"])
        return self.filter(Q(ambassador__user=reader.pk) | Q(belongs, audience__in=reached_by(reader), ambassador__in=seen))

    def available_on(self, when: date | datetime) -> Self:
        """Those that can be taken up then: the person is active and not away, and no pause of the offer covers the day.

        Of a moment it is asked which day it is where they are.
        """
        from ambassadors.models import Ambassador  # deferred: the models take their querysets from here

        people = Ambassador.objects.available_on(when).filter(user__is_active=True).values("pk")
        day: Any = when
        if isinstance(when, datetime):
            there = Func(F("ambassador__user__time_zone"), Value(when), function="timezone")
            day = Cast(there, models.DateField())
        return self.exclude(_paused_on(day)).filter(ambassador__in=people)

    def paused_on(self, day: date) -> Self:
        """Those which a pause covers on `day`."""
        return self.filter(_paused_on(day))

    def with_person(self) -> Self:
        """The option and the one who offers, read with the rows."""
        return self.select_related("option", "ambassador__user")


def _paused_on(day: Any) -> Q:
    """A pause begins on its first day (at once, where there is none) and ends on the day when the person is back (never, likewise)."""
    begun = Q(paused_from__isnull=True, paused_until__isnull=False) | Q(paused_from__lte=day)
    return begun & (Q(paused_until__isnull=True) | Q(paused_until__gt=day))


class EngagementRequestQuerySet(models.QuerySet):
    """What the support team asked people for."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Those who were asked read it, and the support team."""
        if Audience.STAFF in reached_by(reader):
            return self
        return self.filter(pk__in=_asked(reader))

    def asked_of(self, person: User) -> Self:
        """Those in which `person` is asked."""
        return self.filter(pk__in=_asked(person))

    def with_tally(self) -> Self:
        """How many were asked, how many answered, and how many of those said yes."""
        answered, said_yes = ~Q(asks__answer=""), Q(asks__answer="yes")
        return self.annotate(
            ask_count=Count("asks"), answer_count=Count("asks", filter=answered), yes_count=Count("asks", filter=said_yes)
        )


def _asked(person: User | AnonymousUser) -> models.QuerySet:
    from ambassadors.models import EngagementAsk  # deferred: the models take their querysets from here

    return EngagementAsk.objects.filter(person=person.pk).values("request")


class EngagementAskQuerySet(models.QuerySet):
    """One person asked for one thing."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """The one who is asked, and the support team."""
        return self if Audience.STAFF in reached_by(reader) else self.filter(person=reader.pk)

    def waiting(self) -> Self:
        """Those of open requests that nobody has answered yet."""
        return self.filter(answer="", request__status="open")
