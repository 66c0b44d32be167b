"""How often somebody was asked for something lately, over everything that asks: the community's limit holds for all of it together.

What asks registers its rows: here requests to those who offered and speaking slots, in the floors above what members need and who is lined
up for a prompt. A question about one's profile or one's month is no ask for help: each comes once a month at most, and can be switched off.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from ambassadors.models import User
from foundation.models import Community
from foundation.registry import Registry

MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Asks:
    """Rows of which each asked its `person` for something, and the column that says when."""

    rows: Callable[[], QuerySet[Any]]
    at: str


asks: Registry[Asks] = Registry("ask of members")


def with_times_asked(people: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate people with `asked`: how often in the last thirty days anything asked them."""
    since = timezone.now() - MONTH
    counts = [_counted(one, since) for _name, one in asks.items()]
    counted: QuerySet[Any] = people.annotate(asked=reduce(add, counts, Value(0)))
    return counted


def _counted(one: Asks, since: Any) -> Any:
    rows = one.rows().filter(**{"person": OuterRef("pk"), f"{one.at}__gt": since}).order_by().values("person")
    return Coalesce(Subquery(rows.annotate(times=Count("pk")).values("times")), 0)


def times_asked(people: Collection[int]) -> dict[int, int]:
    """Return how often each of them was asked for something in the last thirty days."""
    return dict(with_times_asked(User.objects.filter(pk__in=people)).values_list("pk", "asked"))


def may_be_asked_again(people: QuerySet[Any]) -> QuerySet[Any]:
    """Those who were asked less often than the community allows, with `asked`."""
    return with_times_asked(people).filter(asked__lt=Community.seen().asks_a_month)


def one_after_the_other(people: Collection[int]) -> None:
    """Lock these people's rows until the transaction ends: whoever else would ask them at this moment counts after it."""
    list(User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values("pk"))
