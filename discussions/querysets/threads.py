"""Who may see which thread."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Greatest
from django.utils import timezone

from discussions.querysets.spaces import is_let_in
from foundation.prepared import Late
from foundation.reading import KEPT, remembers

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

STANDING = ["open", "locked", "merged"]
KEPT_SINCE = Late(lambda: timezone.now() - KEPT, models.DateTimeField())


def _sits_in(user: Any, thread: str) -> Exists:
    from discussions.models import Participant  # deferred: the models take their querysets from here

    return Exists(Participant.objects.filter(thread=OuterRef(thread), person=user.pk))


def _mark_of(user: Any) -> QuerySet[Any]:
    from discussions.models import ReadMark  # deferred: likewise

    return ReadMark.objects.filter(thread=OuterRef("pk"), person=user.pk).values("number")[:1]


def _read_by(user: Any) -> Greatest:
    """How far they have read; what an archive brought is new to nobody. Where there is no mark, PostgreSQL takes the other."""
    return Greatest(Subquery(_mark_of(user)), F("archived_number"))


class ThreadQuerySet(models.QuerySet):
    """Threads, by reader and by order."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The private threads that an active member takes part in, and the threads of the spaces that they read.

        A thread in preparation is for those who sit in it, a hidden one for those who lead its space.
        """
        from discussions.models import Space  # deferred: likewise

        if not is_let_in(user):
            return self.none()
        spaces, led = Space.objects.read_by(user).values("pk"), Space.objects.led_by(user).values("pk")
        standing = Q(status__in=STANDING) | Q(Q(status="preparing"), _sits_in(user, "pk")) | Q(status="hidden", space__in=led)
        return self.filter(Q(Q(kind="private"), _sits_in(user, "pk")) | Q(standing, space__in=spaces))

    def private_to(self, user: User | AnonymousUser) -> Self:
        """Those of `visible_to` that are private, found by the seats of the reader."""
        return self.filter(_sits_in(user, "pk"), kind="private") if is_let_in(user) else self.none()

    def listed(self) -> Self:
        """What a list of a space's threads shows: not what is prepared, hidden or merged into another."""
        return self.filter(status__in=["open", "locked"])

    def unread_by(self, user: User) -> Self:
        """Those with a post of the last year which has not been on the person's screen; none where that is not remembered.

        What is older counts as read, for the mark of it is forgotten after that time; and so does what an archive brought.
        """
        if not remembers(user):
            return self.none()
        behind = self.annotate(own_mark=_read_by(user))
        return behind.filter(last_post_at__gte=KEPT_SINCE, own_mark__lt=F("last_number"))

    def with_people(self) -> Self:
        """Together with who takes part."""
        from discussions.models import Participant  # deferred: likewise

        everybody = Participant.objects.select_related("person", "person__ambassador")
        return self.prefetch_related(Prefetch("participants", queryset=everybody, to_attr="people"))

    def with_read_number_of(self, user: User) -> Self:
        """Each with `read_number`: how far this person has read. Where that is not remembered (any more), nothing is new."""
        if not remembers(user):
            return self.annotate(read_number=F("last_number"))
        lately = When(last_post_at__gte=KEPT_SINCE, then=_read_by(user))
        return self.annotate(read_number=Case(lately, default=F("last_number")))

    def with_names_beside(self, user: User) -> Self:
        """Each with `names` of the others in it, in the order of their seats; empty for who left without credit."""
        from discussions.models import Participant  # deferred: the models take their querysets from here

        name = Case(When(person__is_credited=True, then="person__name"), default=Value(""))
        others = Participant.objects.exclude(person=user).filter(thread=OuterRef("pk"))
        return self.annotate(names=ArraySubquery(others.order_by("seat").values(shown=name)))

    def newest_first(self) -> Self:
        return self.order_by("-last_post_at", "-pk")

    def before(self, moment: datetime | Late, pk: int | Late) -> Self:
        """Those that come after the given place in the order of the list."""
        return self.filter(Q(last_post_at__lt=moment) | Q(last_post_at=moment, pk__lt=pk))


class ParticipantQuerySet(models.QuerySet):
    """Who sits in private threads, and in those in preparation."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the threads that `user` sees."""
        from discussions.models import Thread  # deferred: likewise

        return self.filter(thread__in=Thread.objects.visible_to(user).values("pk"))
