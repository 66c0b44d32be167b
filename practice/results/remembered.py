"""What a closed round shows never changes: it is drawn once in each process and then handed out (as foundation/drawing.py does with parts
of other pages; here the round is told by its key, for what it shows is longer than a key should be).

The key holds what a drawing is made of: the round and the one before it, a hash of what was counted of both, and the language. Nobody gets
that far but those for whom `round_of` has found the round. What is not closed, and what was closed before rounds were counted, is drawn each time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import MD5, Cast, Concat
from django.http import Http404
from django.utils.safestring import SafeString

from foundation.drawing import here
from foundation.prepared import Late, prepared
from practice.models import LearningSession, Tally
from practice.results.secrecy import is_still_secret

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

MOST = 64  # of 50 to 100 KB, in each process


class Counted(NamedTuple):
    """What tells whether a drawing of a round still holds: `counted` is a hash of its counts, None before there are any."""

    pk: int | None
    openness: str
    status: str
    counted: str | None


class Round(NamedTuple):
    """What the head of its pages says of a round; `own` and `before` are this round and the one it follows."""

    pk: int
    organization: str
    number: int
    minimum: int
    closed_at: datetime | None
    own: Counted
    before: Counted

    @property
    def is_anonymous(self) -> bool:
        return self.own.openness == LearningSession.Openness.ANONYMOUS

    @property
    def is_still_secret(self) -> bool:
        return is_still_secret(self.own)

    @property
    def counts(self) -> tuple[Counted, ...]:
        """What a drawing of it is made of: its counts, and those of the round before once that can be read. Empty while one of them is not counted."""
        has_before = self.before.pk is not None and not is_still_secret(self.before)
        rounds = (self.own, self.before) if has_before else (self.own,)
        is_closed = self.own.status == LearningSession.Status.CLOSED
        return rounds if is_closed and all(one.counted for one in rounds) else ()


class Shown(NamedTuple):
    """What a page shows below its head; `title`, `about` and `sentences` are for the head."""

    html: SafeString
    title: str
    about: str = ""
    sentences: tuple[str, ...] = ()
    is_empty: bool = False


class Remembered:
    """The pages drawn last."""

    def __init__(self) -> None:
        self.pages: OrderedDict[Hashable, Shown] = OrderedDict()
        self.lock = Lock()

    def find(self, key: Hashable, draw: Callable[[], Shown]) -> Shown:
        """Return the page of this key, drawn now where it is not known."""
        with self.lock:
            if key in self.pages:
                self.pages.move_to_end(key)
                return self.pages[key]
        page = draw()
        with self.lock:
            self.pages[key] = page
            while len(self.pages) > MOST:
                self.pages.popitem(last=False)
        return page


remembered = Remembered()


def _hash_of(session: str) -> Subquery:
    counted = MD5(Concat(Cast("answers", TextField()), Cast("weights", TextField())))
    return Subquery(Tally.objects.filter(session=OuterRef(session)).values(counted=counted))


@prepared
def _round(reader: Any) -> QuerySet[Any, Any]:
    rows = LearningSession.objects.visible_to(reader).filter(pk=Late("pk"))
    head = ("pk", "organization__name", "number", "minimum", "closed_at")
    before = ("follows", "follows__openness", "follows__status")
    return rows.values_list(*head, "pk", "openness", "status", _hash_of("pk"), *before, _hash_of("follows"))


def round_of(reader: User | AnonymousUser, pk: int) -> Round:
    """Return a round that `reader` runs; raises Http404 where there is none."""
    for row in _round(reader, pk=pk):
        head, own, before = row[:5], Counted(*row[5:9]), Counted(*row[9:])
        return Round(*head, own, before)  # type: ignore[call-arg]  # the five that stand before them
    raise Http404("no such round")


def drawn_once(page: str, of: Round, draw: Callable[[], Shown]) -> Shown:
    """Return `page` of a round: as it was drawn before, or drawn now. `draw` may use this round and the one before alone."""
    return remembered.find((page, here(), of.counts), draw) if of.counts else draw()
