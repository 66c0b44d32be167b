"""Who sees which first look, pair and answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from ambassadors.querysets import who_are_members
from discussions.querysets.spaces import is_let_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


def spaces_read_by(user: Any) -> models.QuerySet[Any, Any]:
    """The keys of the spaces that `user` reads."""
    from discussions.models import Space  # deferred: the models take their querysets from here

    return Space.objects.read_by(user).values("pk")


def _sits(user: Any, **at: Any) -> Exists:
    from welcome.models import LookSeat  # deferred: likewise

    return Exists(LookSeat.objects.filter(person=user.pk, pair__isnull=False, **at))


class FirstLookQuerySet(models.QuerySet):
    """First looks, by reader and by state."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the spaces that `user` reads, and those in which they have a partner; before it opens, the support team alone."""
        if not is_let_in(user):
            return self.none()
        readable = Q(space__in=spaces_read_by(user))
        told = readable | Q(_sits(user, look=OuterRef("pk")))
        begun = Q(status__in=["open", "closed"])
        return self.filter(told & begun | readable if getattr(user, "is_staff", False) else told & begun)

    def run_by(self, user: User | AnonymousUser) -> Self:
        """Those that `user` prepares, opens and closes: the support team, in spaces that they read."""
        if not is_let_in(user) or not getattr(user, "is_staff", False):
            return self.none()
        return self.filter(space__in=spaces_read_by(user))

    def open(self) -> Self:
        return self.filter(status="open")


class LookPairQuerySet(models.QuerySet):
    """Pairs."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, from the opening on; the support team those of the looks that it runs."""
        from welcome.models import FirstLook  # deferred: likewise

        if not is_let_in(user):
            return self.none()
        own = Q(_sits(user, pair=OuterRef("pk")), look__status__in=["open", "closed"])
        return self.filter(own | Q(look__in=FirstLook.objects.run_by(user).values("pk")))

    def of(self, user: User | AnonymousUser) -> Self:
        """Those in which `user` sits, once the look has opened."""
        return (
            self.filter(_sits(user, pair=OuterRef("pk")), look__status__in=["open", "closed"]) if is_let_in(user) else self.none()
        )

    def silent(self) -> Self:
        """Those of open looks that have sent nothing yet, and of which somebody is here who could."""
        return self.filter(_somebody_there(), look__status="open", status="writing")

    def not_reminded(self, until: date) -> Self:
        """Silent ones that nobody has reminded, and whose answers are wanted by that day."""
        return self.silent().filter(reminded_at=None, look__due_on__lte=until)

    def with_people(self) -> Self:
        """Each with `seats`, and who sits there."""
        from welcome.models import LookSeat  # deferred: likewise

        seats = LookSeat.objects.select_related("person__ambassador__organization").order_by("added_at", "pk")
        return self.prefetch_related(Prefetch("seats", queryset=seats, to_attr="people"))


def _somebody_there() -> Exists:
    from welcome.models import LookSeat  # deferred: likewise

    return Exists(LookSeat.objects.filter(who_are_members("person__"), pair=OuterRef("pk")))


class LookSeatQuerySet(models.QuerySet):
    """Who takes part."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of one's own pair and of what one runs; of the others one reads once they have sent."""
        from welcome.models import FirstLook, LookPair  # deferred: likewise

        if not is_let_in(user):
            return self.none()
        sent = Q(pair__status="sent", look__in=FirstLook.objects.visible_to(user).values("pk"))
        mine = Q(pair__in=LookPair.objects.visible_to(user).values("pk"))
        return self.filter(sent | mine | Q(look__in=FirstLook.objects.run_by(user).values("pk")))

    def waiting(self) -> Self:
        """Those without a pair, who have not stepped back and are here."""
        return self.filter(who_are_members("person__"), pair=None, stepped_back_at=None)

    def here(self) -> Self:
        """Those of people for whom the house is open."""
        return self.filter(who_are_members("person__"))


class LookAnswerQuerySet(models.QuerySet):
    """What pairs answered."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own; of others those that were sent, in spaces that `user` reads. Drafts are for the two, staff excluded."""
        if not is_let_in(user):
            return self.none()
        own = Q(_sits(user, pair=OuterRef("pair")), pair__look__status__in=["open", "closed"])
        return self.filter(own | Q(pair__status="sent", pair__look__space__in=spaces_read_by(user)))
