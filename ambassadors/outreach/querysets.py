"""Which outreach a reader may see: one's own, slots for members, and for the support team what was logged."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from foundation.audiences import Audience, reached_by
from foundation.prepared import Late
from foundation.querysets import TermQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class NetworkQuerySet(TermQuerySet):
    """The categories, which members choose from."""

    def by_word(self) -> dict[str, int]:
        """Return the key of each category by the words that name it, in lower case, its name among them."""
        found: dict[str, int] = {}
        for pk, name, words in self.offered().order_by("-position", "-pk").values_list("pk", "name", "words"):
            found |= {word: pk for word in (part.strip().lower() for part in [name, *words.split(",")]) if word}
        return found


class OutreachEntryQuerySet(models.QuerySet):
    """What people shared."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """One's own, drafts too; the support team sees what was logged."""
        own = Q(person=reader.pk)
        return self.filter(own | Q(status="logged") if Audience.STAFF in reached_by(reader) else own)

    def drafts(self) -> Self:
        """Those that wait for a look of their writer's."""
        return self.filter(status="draft")

    def logged(self) -> Self:
        """Those that count."""
        return self.filter(status="logged")

    def newest_first(self) -> Self:
        """By day."""
        return self.order_by("-on", "-pk")

    def after(self, day: date, pk: int) -> Self:
        """Those that come after this one in a list with the newest first."""
        return self.filter(Q(on__lt=day) | Q(on=day, pk__lt=pk))


class OutreachQuestionQuerySet(models.QuerySet):
    """The questions of the months."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """One's own."""
        return self.filter(person=reader.pk)


class SpeakingSlotQuerySet(models.QuerySet):
    """Where somebody is wanted to speak."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Members and the support team."""
        return self if Audience.MEMBERS in reached_by(reader) else self.none()

    def open_on(self, day: date) -> Self:
        """Those that look for a speaker, and are still to come."""
        return self.filter(status="open", on__gte=day)

    def run_by(self, reader: User | AnonymousUser) -> Self:
        """Those that `reader` gives away: one's own, or any for the support team."""
        return self if Audience.STAFF in reached_by(reader) else self.filter(posted_by=reader.pk)

    def talked_before(self, moment: datetime) -> Self:
        """Those whose talk was on an earlier day than `moment` is where its speaker is."""
        day = models.functions.Cast(
            models.Func(models.F("speaker__time_zone"), models.Value(moment), function="timezone"), models.DateField()
        )
        return self.filter(status="given", on__lt=day)

    def without_a_log(self) -> Self:
        """Those of which nothing was written down yet."""
        from ambassadors.models import OutreachEntry  # deferred: the models take their querysets from here

        return self.filter(~Exists(OutreachEntry.objects.filter(slot=OuterRef("pk")).exclude(status="removed")))

    def wanted_by_somebody(self) -> Self:
        """Those for which somebody has volunteered."""
        from ambassadors.models import SlotVolunteer  # deferred: the models take their querysets from here

        volunteers = SlotVolunteer.objects.filter(slot=OuterRef("pk"), status="offered", person__is_active=True)
        return self.filter(Exists(volunteers))

    def with_volunteers(self) -> Self:
        """How many would do it."""
        return self.annotate(
            willing=Count("volunteers", filter=Q(volunteers__status="offered", volunteers__person__is_active=True))
        )


class SlotVolunteerQuerySet(models.QuerySet):
    """Who would speak."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Oneself, whoever posted the slot, and the support team."""
        if Audience.STAFF in reached_by(reader):
            return self
        if Audience.MEMBERS not in reached_by(reader):
            return self.none()
        return self.filter(Q(person=reader.pk) | Q(slot__posted_by=reader.pk))

    def who_can_be_given_it(self) -> Self:
        """Those who would do it still, and belong."""
        belongs = Q(person__ambassador__status__in=["active", "paused"], person__is_active=True)
        return self.filter(belongs, status__in=["offered", "thanked"])


class SlotOfferQuerySet(models.QuerySet):
    """Whom a slot was offered to."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Only they know."""
        return self.filter(person=reader.pk)

    def waiting_on(self, day: date | Late) -> Self:
        """Those that nobody has said anything to, of slots that look for a speaker."""
        from ambassadors.models import SlotVolunteer  # deferred: the models take their querysets from here

        said = SlotVolunteer.objects.filter(slot=OuterRef("slot"), person=OuterRef("person"))
        return self.filter(~Exists(said), declined_at=None, slot__status="open", slot__on__gte=day)
