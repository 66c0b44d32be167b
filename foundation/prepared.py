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

PostgreSQL keeps it too (`PREPARE`, once a connection): to read and plan the text of a page takes it ten times as long as to answer. Behind
a pool that hands each transaction another connection it cannot; there `DISABLE_SERVER_SIDE_CURSORS`, which Django wants set anyway, has the
text sent each time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from datetime import date
from functools import cached_property, lru_cache, partial, update_wrapper
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.expressions import Expression
from django.db.models.query import get_related_populators
from psycopg2.extensions import AsIs  # type: ignore[import-untyped]  # it has no types

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

MOST_SHAPES = 256
MOST_KEPT = 200  # texts that one connection to PostgreSQL keeps
MOST_OF_NAME = 40  # PostgreSQL cuts a name after 63 characters
_is_preparing: ContextVar[bool] = ContextVar("is_preparing", default=False)


class Late(Expression):
    """A value that is asked for when the query runs: a name that the caller gives (`Late("after")`), or a function of nothing.

    `then` makes of it what the query needs. `decides` says that the best way to the rows hangs on it, so that PostgreSQL plans with the
    value before its eyes each time: a word that is searched for may be rare or common. In a query that is not prepared a function is
    asked when it is compiled, as if its answer stood there.
    """

    def __init__(
        self,
        asked: str | Callable[[], Any],
        output_field: models.Field[Any, Any] | None = None,
        then: Callable[[Any], Any] | None = None,
        *,
        decides: bool = False,
    ) -> None:
        super().__init__(output_field=output_field)
        self.asked, self.then, self.decides, self.typed = asked, then, decides, output_field

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self if _is_preparing.get() else self.value({})]

    def sql_type(self, connection: Any) -> str:
        """Return what PostgreSQL is told of it; "unknown" has it look at what the value is compared with."""
        return (self.typed.db_type(connection) if self.typed else None) or "unknown"

    def value(self, given: Mapping[str, Any]) -> Any:
        """Return what stands here this time."""
        return self.made(given[self.asked] if isinstance(self.asked, str) else self.asked())

    def made(self, answer: Any) -> Any:
        """Return what the query needs of the answer."""
        return self.then(answer) if self.then else answer


def made_of(value: Any, make: Callable[[Any], Any]) -> Any:
    """Return `make(value)`: at once, or late where the value itself is late."""
    if not isinstance(value, Late):
        return make(value)
    return Late(value.asked, then=lambda asked: make(value.made(asked)), decides=value.decides)


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


class Statement:
    """A text with places for late values, which PostgreSQL reads once a connection."""

    _numbers = count(1)
    _kept: WeakKeyDictionary[Any, OrderedDict[str, None]] = WeakKeyDictionary()

    def __init__(self, name: str, sql: str, parameters: Sequence[Any]) -> None:
        self.sql, self.parameters = sql, tuple(parameters)
        self.late = tuple(dict.fromkeys(one for one in parameters if isinstance(one, Late)))  # the reader stands in many places
        self.name = f"{name[:MOST_OF_NAME] if name.isidentifier() else 'prepared'}_{next(self._numbers)}"
        self.call = f"EXECUTE {self.name}({', '.join(['%s'] * len(self.late))})" if self.late else f"EXECUTE {self.name}"
        self.is_kept = not any(one.decides for one in self.late)

    def rows(self, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            if self.is_kept and not connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
                self._keep(connection, cursor)
                cursor.execute(self.call, [one.value(given) for one in self.late])
            else:
                cursor.execute(self.sql, [one.value(given) if isinstance(one, Late) else one for one in self.parameters])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def _keep(self, connection: Any, cursor: Any) -> None:
        """Have it kept, in place of the one that was not asked for the longest."""
        kept = self._kept.setdefault(connection.connection, OrderedDict())
        if self.name not in kept:
            with connection.wrap_database_errors:
                cursor.cursor.execute(self._preparing(connection, cursor.cursor))
            kept[self.name] = None
            while len(kept) > MOST_KEPT:
                cursor.cursor.execute(f"DEALLOCATE {kept.popitem(last=False)[0]}")
        kept.move_to_end(self.name)

    def _preparing(self, connection: Any, cursor: Any) -> bytes:
        places = [AsIs(f"${self.late.index(one) + 1}") if isinstance(one, Late) else one for one in self.parameters]
        types = [one.sql_type(connection) for one in self.late]
        typed = f" ({', '.join(types)})" if types else ""
        whole: bytes = f"PREPARE {self.name}{typed} AS ".encode() + cursor.mogrify(self.sql, places)
        return whole


class Plan(NamedTuple):
    """A query that waits for its values; without a statement it finds nothing, whatever they are."""

    statement: Statement | None = None
    counting: Statement | None = None
    converters: tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...] = ()

    def rows(self, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        rows = self.statement.rows(given) if self.statement else []
        return [self._converted(row, connections[DEFAULT_DB_ALIAS]) for row in rows] if self.converters else rows

    def number(self, given: Mapping[str, Any]) -> int:
        """How many rows there are, counted by the database."""
        return int(self.counting.rows(given)[0][0]) if self.counting else 0

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
        build = partial(self.build, Stranger(rights), *shape)
        try:
            return _planned(update_wrapper(build, self.build))[1]
        except EmptyResultSet:
            return Plan()


def prepared(build: Callable[..., models.QuerySet[Any, Any]]) -> Prepared:
    """Compile what the decorated function builds once for each kind of reader and each shape."""
    return Prepared(build)


class Form(NamedTuple):
    """How Django makes objects of the rows of a queryset (its ModelIterable): which columns are whose."""

    model: type[models.Model]
    fields: list[str]
    columns: slice
    beside: list[Any]
    annotations: dict[str, int]

    def object_of(self, row: tuple[Any, ...]) -> Any:
        made = self.model.from_db(DEFAULT_DB_ALIAS, self.fields, row[self.columns])
        for one in self.beside:
            one.populate(row, made)
        for name, place in self.annotations.items():
            setattr(made, name, row[place])
        return made


class PreparedObjects:
    """The same for a queryset of objects, with what it selects beside them and what it annotates: `found(**late_values)` gives them."""

    def __init__(self, build: Callable[[], models.QuerySet[Any, Any]]) -> None:
        self.build = build
        update_wrapper(self, build)

    def __call__(self, **given: Any) -> list[Any]:
        plan, form = self.planned
        return [form.object_of(row) for row in plan.rows(given)]

    @cached_property
    def planned(self) -> tuple[Plan, Form]:
        compiler, plan = _planned(self.build)
        whole = compiler.klass_info
        first, last = whole["select_fields"][0], whole["select_fields"][-1]
        fields = [column.target.attname for column, *_ in compiler.select[first : last + 1]]
        beside = get_related_populators(whole, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # typed as a later Django's
        return plan, Form(whole["model"], fields, slice(first, last + 1), beside, dict(compiler.annotation_col_map or {}))


def prepared_objects(build: Callable[[], models.QuerySet[Any, Any]]) -> PreparedObjects:
    """Compile what the decorated function builds once a process. Its values all come late; it asks nothing about a reader's rights."""
    return PreparedObjects(build)


def _planned(build: Callable[[], models.QuerySet[Any, Any]]) -> tuple[Any, Plan]:
    """A queryset's compiler, and its text with places for what comes late. Raises EmptyResultSet where nothing can be found, whatever comes."""
    before = _is_preparing.set(True)
    try:
        compiler = build().query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
    finally:
        _is_preparing.reset(before)
    frozen = [one for one in parameters if isinstance(one, date)]
    if frozen:
        raise TypeError(f"{build.__name__} would ask about {frozen[0]} for ever: say it with Late(…)")
    columns = compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])
    return compiler, Plan(
        Statement(build.__name__, sql, parameters),
        Statement(f"{build.__name__}_counted", f"SELECT COUNT(*) FROM ({sql}) AS counted", parameters),  # noqa: S608  by Django
        tuple((place, tuple(convert), column) for place, (convert, column) in columns.items()),
    )
