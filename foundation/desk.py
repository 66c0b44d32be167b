"""What lies on a person's desk: each app registers a source which returns the cards it has for one person.

The support team's part comes from sources registered with `for_staff=True`, and from `house`, whose rows are counted in one query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import CharField, Count, DateTimeField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.models.set_aside import SetAside
from foundation.prepared import Late, prepared
from foundation.registry import Registry

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django_stubs_ext import StrPromise

    from ambassadors.models import User

IN_SIGHT = 5  # cards of each group; the others lie folded below
RECENT = timedelta(days=14)  # what counts as new: by its own date, never by what somebody has read
AT_REST = timedelta(days=30)  # how long a card stays away that was set aside


@dataclass(frozen=True)
class DeskItem:
    """One line of a card that names a few things: what it is, where it is, a word about it."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class DeskCard:
    """One thing a person owes, is offered, or may want to know. `weight` sorts: what is owed (0) before offers (10) and news (20).

    A card with `later` can be set aside: that name is remembered for the person, and the card stays away for a while. `items` are
    a few lines under the text, `more` says how many there are beyond them. A card of another `template` draws itself.
    """

    title: str
    text: str
    url: str
    action: str
    weight: int = 20
    due_at: datetime | None = None
    template: str = ""
    extra: Any = None
    later: str = ""
    items: tuple[DeskItem, ...] = ()
    more: int = 0
    for_staff: bool = False

    @property
    def group(self) -> str:
        """In which part of the desk it lies."""
        if self.for_staff:
            return "house"
        return "owed" if self.weight < 10 else "offered" if self.weight < 20 else "new"

    @property
    def is_late(self) -> bool:
        """Whether the day by which it was wanted has passed."""
        return self.due_at is not None and self.due_at < timezone.now()


@dataclass(frozen=True)
class DeskGroup:
    """One part of the desk. Of its cards the first `in_sight` are shown at once, the others lie folded below them."""

    name: str
    title: StrPromise
    cards: tuple[DeskCard, ...]
    in_sight: int = IN_SIGHT

    @property
    def folded(self) -> int:
        """How many cards lie folded."""
        return max(0, len(self.cards) - self.in_sight)


@dataclass(frozen=True)
class Chore:
    """Rows that wait for the support team: which they are for one of staff, and the card that says so of their number."""

    rows: Callable[[User], QuerySet]
    card: Callable[[int], DeskCard]


class NoteRow(NamedTuple):
    """What one row says to its card."""

    note: str
    key: str
    label: str
    word: str
    at: datetime | None


@dataclass(frozen=True)
class Note:
    """Rows of a person's own of which a name, a word and a day make a card. Those of all notes are read in one query.

    `rows(person)` are `noted(…)`, and built once for all people of the same rights (foundation/prepared.py).
    """

    rows: Callable[[Any], QuerySet]
    card: Callable[[NoteRow], DeskCard]


def noted(rows: QuerySet, note: str, *, label: Any = "", word: Any = "", at: Any = None, most: int = 5) -> QuerySet:
    """Return what a note needs of its rows; `label`, `word` and `at` are names of columns."""
    texts = [Cast(name, CharField()) if name else Value("", CharField()) for name in (label, word)]
    # Cast in both cases: where the first two of the union have no moment, PostgreSQL would take the column for text.
    when = Cast(at or Value(None, DateTimeField()), DateTimeField())
    found: QuerySet = rows.values_list(Value(note, CharField()), Cast("pk", CharField()), *texts, when)
    return found[:most]


Source = Callable[["User"], Iterable[DeskCard]]


class Desk(Registry[Source]):
    """The sources, by name. Those for staff are asked only for staff, and lie in a part of their own."""

    def __init__(self) -> None:
        super().__init__("desk source")
        self._for_staff: set[str] = set()

    def register(self, name: str, *, for_staff: bool = False) -> Callable[[Source], Source]:
        """Register the decorated function as the source `name`."""
        self._for_staff |= {name} if for_staff else set()
        return super().register(name)

    def cards(self, person: User) -> Iterator[DeskCard]:
        """Everything that all sources have for the person."""
        for name, source in self.items():
            if name not in self._for_staff:
                yield from source(person)
            elif person.is_staff:
                yield from (replace(card, for_staff=True) for card in source(person))


desk = Desk()
notes: Registry[Note] = Registry("note on the desk")
house: Registry[Chore] = Registry("chore of the house")

GROUPS: dict[str, StrPromise] = {
    "owed": _("What waits for you"),
    "offered": _("Offered to you"),
    "new": _("New for you"),
    "house": _("Looking after the house"),
}


def cards_for(person: User | AnonymousUser) -> list[DeskCard]:
    """Return the person's cards but those set aside: what is owed first, and of that what is due first."""
    if not person.is_authenticated:
        return []
    cards = [*desk.cards(person), *_notes(person), *_chores(person)]
    if any(card.later for card in cards):
        away = {card for (card,) in _set_aside(person)}
        cards = [card for card in cards if card.later not in away]
    never = timezone.now() + timedelta(days=36500)
    return sorted(cards, key=lambda card: (card.weight, card.due_at or never))


def groups_of(cards: Iterable[DeskCard]) -> list[DeskGroup]:
    """Return the parts of the desk that have cards, in their order."""
    parts: dict[str, list[DeskCard]] = {name: [] for name in GROUPS}
    for card in cards:
        parts[card.group].append(card)
    return [DeskGroup(name, title, tuple(parts[name])) for name, title in GROUPS.items() if parts[name]]


def set_aside(person: User, later: str) -> bool:
    """Keep a card away from the person's desk for a while; False, and nothing changes, when no such card lies there now."""
    if not later or later not in {card.later for card in cards_for(person)}:
        return False
    SetAside.objects.visible_to(person).update_or_create(person=person, card=later, defaults={"until": timezone.now() + AT_REST})
    return True


@prepared
def _set_aside(person: Any) -> QuerySet[Any, Any]:
    return SetAside.objects.visible_to(person).filter(until__gt=Late(timezone.now)).values_list("card")


def _notes(person: User) -> Iterator[DeskCard]:
    for row in map(NoteRow._make, _rows_of_notes(person)):
        yield notes[row.note].card(row)


@prepared
def _rows_of_notes(person: Any) -> QuerySet:
    first, *others = [note.rows(person) for _name, note in notes.items()]
    return first.union(*others, all=True) if others else first


def _chores(person: User) -> Iterator[DeskCard]:
    """The cards of `house`: however many chores there are, their rows are counted in one query."""
    counts = [
        chore.rows(person).order_by().values(chore=Value(name, CharField())).annotate(number=Count("pk"))
        for name, chore in house.items()
        if person.is_staff
    ]
    for row in counts[0].union(*counts[1:], all=True) if counts else []:
        if row["number"]:
            yield replace(house[row["chore"]].card(row["number"]), for_staff=True)
