"""Who knows of a space, and who reads what is said in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from ambassadors.querysets import who_are_members
from foundation.audiences import Audience

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


KNOWN_TO_MEMBERS = (Audience.PUBLIC, Audience.MEMBERS)


def is_let_in(user: User | AnonymousUser) -> bool:
    """Whether the house is open to `user`: everything here is for members."""
    return user.is_authenticated and user.is_member


class SpaceQuerySet(models.QuerySet):
    """Spaces, by what they are to a reader."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The spaces whose name and purpose `user` may read: all but the hidden ones in which they have no role and no invitation."""
        return self.filter(~Q(openness="hidden") | _has_role(user) | _is_invited(user)) if is_let_in(user) else self.none()

    def read_by(self, user: User | AnonymousUser) -> Self:
        """The spaces in which `user` reads what is said: the open ones, and those in which they have a role. Staff have no key."""
        return self.filter(Q(openness="open") | _has_role(user)) if is_let_in(user) else self.none()

    def led_by(self, user: User | AnonymousUser) -> Self:
        """The spaces that `user` runs: where they are a leader; topics also the support team, whose spaces they are."""
        if not is_let_in(user):
            return self.none()
        leads = Q(_has_role(user, "leader"))
        return self.filter(leads | Q(kind="topic") if getattr(user, "is_staff", False) else leads)

    def inviting(self, user: User | AnonymousUser, person_pk: int) -> Self:
        """The active spaces into which `user` may invite that person (`discussions.rules.may_invite`), who is in none of them, nor invited."""
        from discussions.models import Space, SpaceRequest, SpaceRole  # deferred: the models take their querysets from here

        if not is_let_in(user):
            return self.none()
        may = Q(pk__in=Space.objects.led_by(user).values("pk"))
        if getattr(user, "is_staff", False):
            may |= Q(pk__in=Space.objects.visible_to(user).without_leader().values("pk"))
        inside = SpaceRole.objects.filter(space=OuterRef("pk"), person=person_pk)
        asked = SpaceRequest.objects.waiting().filter(space=OuterRef("pk"), person=person_pk, is_invitation=True)
        return self.active().filter(may, ~Exists(inside), ~Exists(asked))

    def begun_in_by(self, user: User | AnonymousUser) -> Self:
        """The active spaces in which `user` may begin a conversation (`discussions.rules.may_start`)."""
        speaks = _has_role(user, "leader") | _has_role(user, "participant")
        return self.active().filter(Q(kind="topic") | Q(speaks)) if is_let_in(user) else self.none()

    def joined_by(self, user: User | AnonymousUser) -> Self:
        """The spaces in which `user` has a role."""
        return self.filter(_has_role(user)) if is_let_in(user) else self.none()

    def concerning(self, user: User | AnonymousUser) -> Self:
        """The spaces in which `user` has a role, or to which they are invited."""
        return self.filter(_has_role(user) | _is_invited(user)) if is_let_in(user) else self.none()

    def not_concerning(self, user: User | AnonymousUser) -> Self:
        return self.filter(~Q(_has_role(user)), ~Q(_is_invited(user)))

    def active(self) -> Self:
        return self.filter(status="active")

    def ended(self) -> Self:
        return self.filter(status="ended")

    def topics(self) -> Self:
        return self.filter(kind="topic")

    def micro(self) -> Self:
        return self.filter(kind="micro-community")

    def without_leader(self) -> Self:
        """The micro-communities that are active, and have lost their leaders for good. Whoever is shut out for a while has not left."""
        from discussions.models import SpaceRole  # deferred: the models take their querysets from here

        leading = SpaceRole.objects.who_belong().leaders().lasting().filter(space=OuterRef("pk"))
        return self.active().micro().filter(~Exists(leading))

    def unattended(self, by: date) -> Self:
        """The micro-communities that are active, and none of whose leaders is here, or will be by that day."""
        from discussions.models import SpaceRole  # deferred: likewise

        here = SpaceRole.objects.here_by(by).leaders().filter(space=OuterRef("pk"))
        return self.active().micro().filter(~Exists(here))

    def after(self, name: str, pk: int) -> Self:
        """Those that come later by name than the given place."""
        return self.filter(Q(name__gt=name) | Q(name=name, pk__gt=pk))


def _has_role(user: Any, role: str = "") -> Exists:
    from discussions.models import SpaceRole  # deferred: the models take their querysets from here

    own = SpaceRole.objects.filter(space=OuterRef("pk"), person=user.pk)
    return Exists(own.filter(role=role) if role else own)


def _is_invited(user: Any) -> Exists:
    from discussions.models import SpaceRequest  # deferred: likewise

    return Exists(SpaceRequest.objects.filter(space=OuterRef("pk"), person=user.pk, is_invitation=True, status="asked"))


class SpaceRoleQuerySet(models.QuerySet):
    """Who is what in which space."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Whoever reads a space knows who is in it; outside, its people are nobody's business. One knows one's own roles."""
        from discussions.models import Space  # deferred: likewise

        return self.filter(space__in=Space.objects.read_by(user).values("pk")) if is_let_in(user) else self.none()

    def leaders(self) -> Self:
        return self.filter(role="leader")

    def lasting(self) -> Self:
        """Without whoever acts as leader for a while."""
        return self.filter(is_acting=False)

    def acting(self) -> Self:
        return self.filter(is_acting=True)

    def of_members(self) -> Self:
        """Those of people for whom the house is open: whoever has left the community is in no space, and finds their roles on return."""
        return self.filter(who_are_members("person__"))

    def who_belong(self) -> Self:
        """The same, with those who are shut out for a while."""
        return self.filter(
            Q(person__is_staff=True, person__is_active=True) | Q(person__ambassador__status__in=["active", "paused"])
        )

    def here_by(self, day: date) -> Self:
        """Those of members who are here on that day, or before it: neither pausing nor away, as far as members may know of it."""
        pauses = Q(person__ambassador__paused_until=None) | Q(person__ambassador__paused_until__gt=day)
        away = Q(person__ambassador__away_until__gt=day, person__ambassador__away_until_audience__in=KNOWN_TO_MEMBERS)
        return self.of_members().exclude(Q(pauses, person__ambassador__status="paused") | away)


class SpaceRequestQuerySet(models.QuerySet):
    """Requests to join, and invitations."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, the invitations that one made, and all of the spaces that one runs."""
        from discussions.models import Space  # deferred: likewise

        if not is_let_in(user):
            return self.none()
        own = Q(person=user.pk) | Q(invited_by=user.pk)
        return self.filter(own | Q(space__in=Space.objects.led_by(user).values("pk")))

    def waiting(self) -> Self:
        return self.filter(status="asked")
