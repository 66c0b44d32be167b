"""What a closed round shows never changes: it is drawn once in each process and then handed out (as foundation/drawing.py does with parts
of other pages; here the round is told by its key, for what it shows is longer than a key should be).

The key holds what a drawing is made of: the round and the one before it, a hash of what was counted of both, and the language. Nobody gets
that far but those to whom the view has found the round visible. What is not closed, and what was closed before rounds were counted, is drawn each time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import NamedTuple

from django.db.models import TextField
from django.db.models.functions import MD5, Cast, Concat
from django.utils.safestring import SafeString

from foundation.drawing import here
from practice.models import LearningSession, Tally

MOST = 64  # of 50 to 100 KB, in each process


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


def drawn_once(page: str, session: LearningSession, since: LearningSession | None, draw: Callable[[], Shown]) -> Shown:
    """Return `page` of a round, set against the round `since`: as it was drawn before, or drawn now. `draw` may use these two rounds alone."""
    rounds = [session.pk] if since is None else [session.pk, since.pk]
    if session.status != LearningSession.Status.CLOSED:
        return draw()
    counted = Concat(Cast("answers", TextField()), Cast("weights", TextField()))
    hashes = dict(Tally.objects.filter(session__in=rounds).annotate(counted=MD5(counted)).values_list("session", "counted"))
    if len(hashes) < len(rounds):  # the round before is held openly and still runs, or one was closed before rounds were counted
        return draw()
    return remembered.find((page, here(), *((pk, hashes[pk]) for pk in rounds)), draw)
