"""Queries that are built and compiled once a process, and then run with each request's own values.

To build a queryset and turn it into SQL takes Django several times what PostgreSQL needs to answer it, and gives the same text each time.
`@prepared` keeps the text. Its rules are the querysets' own: the function builds with `visible_to(reader)` like anybody else.

    @prepared
    def held_by(reader: Any) -> QuerySet:
        return InboundMail.objects.visible_to(reader).held().filter(received_at__gt=Late(a_week_ago)).values_list("pk", "subject")

    for pk, subject in held_by(request.user): ...

What is kept must not hold what belongs to one request. So the function never meets the reader, but a stand-in (`Stranger`) that has the
reader's rights and no key yet, and whose other attributes do not exist; and a moment in the SQL which is not `Late` is refused. The text
is kept by the rights and by whatever else the function is called with: choose few and small shapes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import date
from functools import lru_cache, update_wrapper
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.expressions import Expression

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

MOST_SHAPES = 256
_is_preparing: ContextVar[bool] = ContextVar("is_preparing", default=False)


class Late(Expression):
    """A value that is asked for when the query runs: a name that the caller gives (`Late("after")`), or a function of nothing.

    `then` makes of it what the query needs. In a query that is not prepared a function is asked when it is compiled, as if its answer
    stood there.
    """

    def __init__(
        self,
        asked: str | Callable[[], Any],
        output_field: models.Field[Any, Any] | None = None,
        then: Callable[[Any], Any] | None = None,
    ) -> None:
        super().__init__(output_field=output_field)
        self.asked, self.then = asked, then

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self if _is_preparing.get() else self.value({})]

    def value(self, given: Mapping[str, Any]) -> Any:
        """Return what stands here this time."""
        return self.made(given[self.asked] if isinstance(self.asked, str) else self.asked())

    def made(self, answer: Any) -> Any:
        """Return what the query needs of the answer."""
        return self.then(answer) if self.then else answer


def made_of(value: Any, make: Callable[[Any], Any]) -> Any:
    """Return `make(value)`: at once, or late where the value itself is late."""
    return Late(value.asked, then=lambda asked: make(value.made(asked))) if isinstance(value, Late) else make(value)


class Rights(NamedTuple):
    """What of a reader decides the text of a query. Two readers of the same rights differ by their key alone."""

    is_authenticated: bool
    is_active: bool
    is_staff: bool
    is_member: bool
    remembers_reading: bool

    @classmethod
    def of(cls, reader: User | AnonymousUser) -> Rights:
        return cls(*(bool(getattr(reader, right, False)) for right in cls._fields))


class Stranger(Late):
    """Stands for a reader of these rights whose key comes late: to querysets a person, to the query a value."""

    def __init__(self, rights: Rights) -> None:
        super().__init__("reader", models.BigIntegerField())
        self.is_authenticated, self.is_active, self.is_staff, self.is_member, self.remembers_reading = rights

    @property
    def pk(self) -> Stranger:
        return self


class Plan(NamedTuple):
    """A query that waits for its values; without text it finds nothing, whatever they are."""

    sql: str
    parameters: tuple[Any, ...]
    converters: tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...]

    def rows(self, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        rows = self._fetched(self.sql, given)
        return [self._converted(row, connections[DEFAULT_DB_ALIAS]) for row in rows] if self.converters else rows

    def number(self, given: Mapping[str, Any]) -> int:
        """How many rows there are, counted by the database."""
        rows = self._fetched(f"SELECT COUNT(*) FROM ({self.sql}) AS counted", given)  # noqa: S608  compiled by Django
        return int(rows[0][0]) if rows else 0

    def _fetched(self, sql: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        if not self.sql:
            return []
        parameters = [one.value(given) if isinstance(one, Late) else one for one in self.parameters]
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(sql, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def _converted(self, row: tuple[Any, ...], connection: Any) -> tuple[Any, ...]:
        values = list(row)
        for place, convert, column in self.converters:
            for one in convert:
                values[place] = one(values[place], column, connection)
        return tuple(values)


class Prepared:
    """A function that builds a queryset of `values_list(…)`, by which one gets its rows: `found(reader, *shape, **late_values)`."""

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]]) -> None:
        self.build = build
        self.plan = lru_cache(maxsize=MOST_SHAPES)(self._plan)
        update_wrapper(self, build)

    def __call__(self, reader: User | AnonymousUser, *shape: Any, **given: Any) -> list[tuple[Any, ...]]:
        return self.plan(Rights.of(reader), *shape).rows({"reader": reader.pk, **given})

    def for_all_of(self, rights: Rights, *shape: Any, **given: Any) -> list[tuple[Any, ...]]:
        """The rows that are the same for everybody of these rights: a query that asks for the reader's key fails."""
        return self.plan(rights, *shape).rows(given)

    def number(self, reader: User | AnonymousUser, *shape: Any, **given: Any) -> int:
        """How many rows the reader would get."""
        return self.plan(Rights.of(reader), *shape).number({"reader": reader.pk, **given})

    def _plan(self, rights: Rights, *shape: Any) -> Plan:
        before = _is_preparing.set(True)
        try:
            compiler = self.build(Stranger(rights), *shape).query.get_compiler(DEFAULT_DB_ALIAS)
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return Plan("", (), ())
        finally:
            _is_preparing.reset(before)
        frozen = [one for one in parameters if isinstance(one, date)]
        if frozen:
            raise TypeError(f"{self.build.__name__} would ask about {frozen[0]} for ever: say it with Late(…)")
        columns = compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])
        return Plan(sql, tuple(parameters), tuple((place, tuple(convert), column) for place, (convert, column) in columns.items()))


def prepared(build: Callable[..., models.QuerySet[Any, Any]]) -> Prepared:
    """Compile what the decorated function builds once for each kind of reader and each shape."""
    return Prepared(build)
