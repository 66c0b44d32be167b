"""Which editions a reader may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from discussions.querysets.spaces import is_let_in
from products.querysets.duties import is_editor

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

ON_THE_ROAD = ("draft", "in review", "in revision", "community review", "approved")
WRITTEN = ("draft", "in revision")  # its words may change
BEFORE_ALL = ("community review", "approved")  # every member reads it


class EditionQuerySet(models.QuerySet):
    """Editions, by state and by reader."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What is out; for members also what the whole community reviews; for its makers and for editors what is on the road.

        Makers are its authors, and the people of the space that writes it. The draft of a closed or hidden space is not the editors'
        until it is submitted. Reviewers read what they review where they review it, and not here.
        """
        out = Q(status__in=["published", "retired"], is_withdrawn=False)
        if not is_let_in(user):
            return self.filter(out)
        return self.filter(out | Q(status__in=BEFORE_ALL) | made_by(user) | edited_by(user))

    def written_by(self, user: User | AnonymousUser) -> Self:
        """Those that `user` is an author of."""
        return self.filter(_is_author(user)) if is_let_in(user) else self.none()

    def followed_by(self, user: User | AnonymousUser) -> Self:
        """Those of which `user` reads how they come to be: their makers', and the editors'."""
        return self.filter(made_by(user) | edited_by(user)) if is_let_in(user) else self.none()

    def edited_by(self, user: User | AnonymousUser) -> Self:
        """Those that `user` reads as an editor."""
        return self.filter(edited_by(user)) if is_let_in(user) else self.none()

    def current(self) -> Self:
        """Of each product that is out the edition which its address shows."""
        return self.filter(status="published", product__current=models.F("pk"))

    def newest_first(self) -> Self:
        """By the day of publication."""
        return self.order_by("-published_at", "-pk")

    def before(self, moment: datetime, pk: int) -> Self:
        """Those that come later in this order."""
        return self.filter(Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=pk), published_at__lte=moment)

    def with_line(self) -> Self:
        """What a list shows of each, read with the row."""
        return self.select_related("product__readership")

    def on_the_road(self) -> Self:
        """Those that are not out yet."""
        return self.filter(status__in=ON_THE_ROAD)


def made_by(user: Any) -> Q:
    """Its authors, and the people of the space that writes it."""
    return Q(_is_author(user)) | Q(_is_in_its_space(user))


def edited_by(user: Any) -> Q:
    """Editors: of the draft of a closed or hidden space not before it was submitted."""
    from discussions.models import Space  # deferred: the models take their querysets from here

    private = Space.objects.filter(pk=OuterRef("product__space"), status="active").exclude(openness="open")
    return Q(is_editor(user)) & (~Q(status="draft", submitted_at=None) | ~Q(Exists(private)))


def _is_author(user: Any) -> Exists:
    from products.models import Credit  # deferred: likewise

    return Exists(Credit.objects.filter(product=OuterRef("product"), person=user.pk, role="author"))


def _is_in_its_space(user: Any) -> Exists:
    from discussions.models import SpaceRole  # deferred: likewise

    return Exists(SpaceRole.objects.filter(space=OuterRef("product__space"), person=user.pk))


class OfEdition(models.QuerySet):
    """Rows that are part of an edition."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of editions that `user` may read."""
        from products.models import Edition  # deferred: likewise

        return self.filter(edition__in=Edition.objects.visible_to(user).values("pk"))


class EditionPartQuerySet(OfEdition):
    """Parts of the text."""


class EditionFileQuerySet(OfEdition):
    """Files."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Likewise. A version that was replaced before its edition came out is for those who follow how it comes to be."""
        from products.models import Edition  # deferred: likewise

        was_out = Q(edition__published_at__isnull=False, added_at__gt=models.F("edition__published_at"))
        seen = ~Exists(self._later().exclude(was_out)) | Q(edition__in=Edition.objects.followed_by(user).values("pk"))
        return super().visible_to(user).filter(seen)

    def newest(self) -> Self:
        """Of each file the latest one."""
        return self.filter(~Exists(self._later()))

    def _later(self) -> Any:
        rows: Any = self.model._default_manager
        return rows.filter(edition=OuterRef("edition"), slug=OuterRef("slug"), number__gt=OuterRef("number"))


class EditionRevisionQuerySet(models.QuerySet):
    """What an edition said at each saving."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Its makers read how it came to be, and editors from the day on which it was submitted."""
        from products.models import Edition  # deferred: likewise

        if not is_let_in(user):
            return self.none()
        makers = Edition.objects.filter(made_by(user) | edited_by(user))
        return self.filter(edition__in=makers.values("pk"))
