"""Who may see which conversation. A private thread is for the people in it; being staff opens none."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Value, When
from django.utils import timezone

from foundation.prepared import Late
from foundation.reading import KEPT, remembers

if TYPE_CHECKING:
    from ambassadors.models import User

KEPT_SINCE = Late(lambda: timezone.now() - KEPT, models.DateTimeField())


def _sits_in(user: User | AnonymousUser, thread: str) -> Exists:
    from discussions.models import Participant  # deferred: the models take their querysets from here

    return Exists(Participant.objects.filter(thread=OuterRef(thread), person_id=user.pk))


def _is_let_in(user: User | AnonymousUser) -> bool:
    return user.is_authenticated and user.is_member


class ThreadQuerySet(models.QuerySet):
    """Threads, by reader and by order."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The private threads that an active member takes part in."""
        return self.filter(_sits_in(user, "pk")) if _is_let_in(user) else self.none()

    def unread_by(self, user: User) -> Self:
        """Those with a post of the last year which has not been on the person's screen; none where that is not remembered.

        What is older counts as read, for the mark of it is forgotten after that time.
        """
        from discussions.models import Participant  # deferred: the models take their querysets from here

        if not remembers(user):
            return self.none()
        lately = self.filter(last_post_at__gte=KEPT_SINCE)
        behind = Participant.objects.filter(thread=OuterRef("pk"), person=user, read_number__lt=OuterRef("last_number"))
        return lately.filter(Exists(behind))

    def with_people(self) -> Self:
        """Together with who takes part."""
        from discussions.models import Participant  # deferred: the models take their querysets from here

        everybody = Participant.objects.select_related("person", "person__ambassador")
        return self.prefetch_related(Prefetch("participants", queryset=everybody, to_attr="people"))

    def with_read_number_of(self, user: User) -> Self:
        """Each with `read_number`: how far this person has read. Where that is not remembered (any more), nothing is new."""
        from discussions.models import Participant  # deferred: the models take their querysets from here

        if not remembers(user):
            return self.annotate(read_number=F("last_number"))
        own = Participant.objects.filter(thread=OuterRef("pk"), person=user).values("read_number")[:1]
        lately = When(last_post_at__gte=KEPT_SINCE, then=models.Subquery(own))
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
    """People in private threads."""

    def mark_read(self, user: User, thread_pk: int, number: int) -> None:
        """Note that everything up to `number` was on the person's screen, if they let that be remembered."""
        # Asked of the database: a page that was opened before the switch was turned must not write after it.
        own = self.filter(thread_id=thread_pk, person=user, person__remembers_reading=True, read_number__lt=number)
        own.update(read_number=number, read_at=timezone.now())


class PostQuerySet(models.QuerySet):
    """Posts, by reader and by order."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The posts of the threads which are visible to `user` (see `ThreadQuerySet.visible_to`)."""
        return self.filter(_sits_in(user, "thread")) if _is_let_in(user) else self.none()

    def with_author(self) -> Self:
        return self.select_related("author", "author__ambassador")

    def in_order(self) -> Self:
        return self.order_by("number")
