"""What a digest is made of. Each app registers its sections in its `digest.py`; they are asked when the mail is sent, for its one reader.

A section reads through `visible_to(reader)`, leaves out what the reader muted, has read, or was mailed (`mailed`), and tells what came within
the span of the digest. Sections of plain rows (`rows_section`) are all read in one query; any other takes one query at most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from django.db.models import BigIntegerField, DateTimeField, Model, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone

from correspondence.models import OutgoingMail
from foundation.desk import NoteRow
from foundation.prepared import Late, prepared
from foundation.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from ambassadors.models import User

T = TypeVar("T")
SINCE, UNTIL = Late("since", DateTimeField()), Late("until", DateTimeField())  # the span, in the query of a section
LATELY = Late(lambda: timezone.now() - timedelta(days=62), DateTimeField())
# A mail in one of these states has told, or will tell, what it speaks of.
TELLING = ["queued", "claimed", "handing over", "sent", "unknown", "waiting", "in digest"]


class Target(NamedTuple):
    """What an address of the reader's stands for: `reply+…` in this thread, `author+…` of that post."""

    prefix: str
    model: type[Model]
    pk: int


@dataclass(frozen=True)
class Passage:
    """What one person said: who, and their words as far as the reader wants them."""

    by: str
    text: str = ""


@dataclass(frozen=True)
class Item:
    """One thing to tell. `url` is a path of the site; `where` and `note` stand beside the title.

    `answer` is the address that reaches all here, `alone` the one that reaches `author` and nobody else; from the row of `talk`, a
    conversation, come those that mail all of it, and mute it.
    """

    title: str
    url: str
    where: str = ""
    note: str = ""
    text: str = ""
    passages: tuple[Passage, ...] = ()
    answer: Target | None = None
    alone: Target | None = None
    author: str = ""
    talk: Target | None = None


@dataclass
class Reading:
    """One reader, the span of their digest, how much they want of each thing, and the kinds of mail they switched off."""

    person: User
    since: datetime
    until: datetime
    amount: str
    mail: OutgoingMail
    off: frozenset[str] = frozenset()
    _kept: dict[Any, Any] = field(default_factory=dict)

    def once(self, read: Callable[[Reading], T]) -> T:
        """What `read` returns, asked once a digest: several sections may come out of one query."""
        if read not in self._kept:
            self._kept[read] = read(self)
        found: T = self._kept[read]
        return found

    def rows(self, name: str) -> list[NoteRow]:
        """The rows of one section of plain rows."""
        return [row for row in self.once(_all_rows) if row.note == name]


@dataclass(frozen=True)
class Section:
    """One heading of the digest. The lightest comes first. Whoever switched the mails of `kind` off is not told of it here either.

    Of its items the first `most` are shown; of the others it says how many there are, and that they are at `url`.
    """

    title: StrPromise | str
    weight: int
    items: Callable[[Reading], Iterable[Item]]
    kind: str = ""
    most: int = 8
    url: str = ""


sections: Registry[Section] = Registry("section of the digest")
_rows: Registry[Callable[[Any], QuerySet]] = Registry("rows of the digest")


def rows_section(
    name: str,
    *,
    title: StrPromise | str,
    weight: int,
    rows: Callable[[Any], QuerySet],
    item: Callable[[NoteRow], Item],
    kind: str = "",
) -> None:
    """Register a section of which each row makes an item. `rows(reader)` are `foundation.desk.noted(…, name)`, prepared for all readers."""
    _rows.add(name, rows)
    sections.add(name, Section(title, weight, lambda reading: [item(row) for row in reading.rows(name)], kind))


def mailed(person: Any, about: str, *kinds: str) -> QuerySet[Any, Any]:
    """The keys under `about` of what single mails have told this person lately, for "not in"."""
    rows = OutgoingMail.objects.filter(person=person.pk, created_at__gte=LATELY, state__in=TELLING, about__has_key=about)
    rows = rows.filter(kind__in=kinds) if kinds else rows
    found: QuerySet[Any, Any] = rows.values_list(Cast(KeyTextTransform(about, "about"), BigIntegerField()))
    return found


def _all_rows(reading: Reading) -> Sequence[NoteRow]:
    if not list(_rows):
        return []
    return [NoteRow._make(row) for row in _prepared_rows(reading.person, since=reading.since, until=reading.until)]


@prepared
def _prepared_rows(person: Any) -> QuerySet:
    first, *others = [rows(person) for rows in _rows]
    return first.union(*others, all=True) if others else first
