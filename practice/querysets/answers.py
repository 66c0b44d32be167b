"""Answers are nobody's to list: whoever gave them reads them by their link, everybody else reads what `results` makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User
    from practice.models import LearningSession


class SheetQuerySet(models.QuerySet):
    """Sheets of answers."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Of open sessions those that `user` runs: names were announced there. Of anonymous ones none."""
        from practice.models import LearningSession  # deferred: the models take their querysets from here

        return self.filter(session__in=LearningSession.objects.visible_to(user).filter(openness="open"))


class OfSheets(models.QuerySet):
    """Rows that belong to a sheet."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """As their sheets."""
        from practice.models import Sheet  # deferred: likewise

        return self.filter(sheet__in=Sheet.objects.visible_to(user))

    def given(self) -> Self:
        """Those that say something."""
        return self

    def shown(self, session: LearningSession, modules: Collection[str] | None = None) -> Self:
        """What may be seen of `session`, or of those of its modules that have these keys. Of an open one all; of an anonymous one nothing before it is closed, and then what is said of
        items that its minimum of people or more have answered. The threshold stands here, in SQL: every figure, page and file reads it."""
        rows = self.given().filter(sheet__session=session)
        if modules is not None:
            rows = rows.filter(item__parent__parent__key__in=modules)
        if not session.is_anonymous:
            return rows
        if session.status != session.Status.CLOSED:
            return rows.none()
        return rows.filter(item__in=_items_of(rows, n__gte=session.minimum))


class AnswerQuerySet(OfSheets):
    """Answers to proof points."""

    def given(self) -> Self:
        """Those that say something: a place on the scale, or why there is none. A note alone is no answer."""
        return self.exclude(value=None, instead="")

    def shown(self, session: LearningSession, modules: Collection[str] | None = None) -> Self:
        """As ever; and places on the scale only where the minimum or more chose one, however many said that they do not know."""
        rows = super().shown(session, modules)
        if not session.is_anonymous:
            return rows
        placed = rows.filter(value__isnull=False)
        return rows.filter(Q(value=None) | Q(item__in=_items_of(placed, n__gte=session.minimum)))

    def shown_by_group(self, session: LearningSession) -> Self:
        """The shown places on the scale of those items of which every group may be seen beside the others: where one group is too small,
        no group is shown, or it could be worked out as what is missing from the whole."""
        rows = self.shown(session).filter(value__isnull=False)
        if not session.is_anonymous:
            return rows
        answered = self.given().filter(sheet__session=session)
        for few in (answered, answered.filter(value__isnull=False)):
            rows = rows.exclude(item__in=_items_of(few, "sheet__group", n__lt=session.minimum))
        return rows


class WeightQuerySet(OfSheets):
    """How much principles matter."""


class TallyQuerySet(models.QuerySet):
    """Counts of closed rounds."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of sessions that `user` runs."""
        from practice.models import LearningSession  # deferred: likewise

        return self.filter(session__in=LearningSession.objects.visible_to(user))


def _items_of(rows: models.QuerySet, *also: str, **having: int) -> models.QuerySet:
    """The items of `rows` of which, together with `also`, there are as many rows as `having` says."""
    found: models.QuerySet = rows.order_by().values("item", *also).annotate(n=Count("pk")).filter(**having).values("item")
    return found
