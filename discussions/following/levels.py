"""How much somebody hears of a thread: what they said of it, else what they said of its space, else what is usual."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from discussions.models import Follow
from foundation.prepared import Late, prepared

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from ambassadors.models import User
    from discussions.models import Space, Thread

Level = Follow.Level
AS_USUAL = ""
NAMES: dict[str, StrPromise] = {
    Level.EVERY: _("every reply by mail"),
    Level.DIGEST: _("together, in your digest"),
    Level.MENTIONS: _("only when somebody names you"),
    Level.MUTED: _("nothing, even when somebody names you"),
}
USUAL_OF_SPACE = _("no mail, unless somebody names you")
USUAL_OF_PRIVATE = NAMES[Level.EVERY]


@dataclass(frozen=True)
class Choice:
    """One level that can be chosen; `level` is empty for what is usual."""

    level: str
    label: StrPromise
    is_current: bool


@dataclass(frozen=True, eq=False)
class Standing:
    """How one reader stands to a thread or a space. There are few, each made once: one is like another only when it is the same."""

    level: str
    shown: StrPromise
    choices: tuple[Choice, ...]
    of_space: bool = False

    @property
    def is_followed(self) -> bool:
        """Whether mail comes of it, at once or in the digest."""
        return self.level in {Level.EVERY, Level.DIGEST}

    @property
    def can_begin(self) -> bool:
        """Whether nothing was chosen and nothing comes of it: the button offers to follow."""
        return not self.level and self.shown == USUAL_OF_SPACE


def standing_to_thread(reader: User, thread: Thread) -> Standing:
    """One query: the thread's own row and the one of its space."""
    found = {is_of_space: level for level, is_of_space in _rows(reader, thread=thread.pk, space=thread.space_id or 0)}
    return standing(found.get(False, AS_USUAL), found.get(True, AS_USUAL), is_private=thread.is_private)


@lru_cache
def standing(own: str, above: str, *, is_private: bool = False) -> Standing:
    """Of what was said of a thread, and `above` it of its space."""
    if is_private:
        return _standing(own, USUAL_OF_PRIVATE, [Level.MUTED])
    return _standing(own, NAMES[above] if above else USUAL_OF_SPACE, list(NAMES), of_space=above)


def level_of_thread(reader: Any) -> Subquery:
    """What the reader said of a thread, as its page reads it."""
    return Subquery(Follow.objects.visible_to(reader).filter(thread=OuterRef("pk")).values("level")[:1])


def level_of_its_space(reader: Any) -> Subquery:
    """What the reader said of a thread's space."""
    return Subquery(Follow.objects.visible_to(reader).filter(space=OuterRef("space")).values("level")[:1])


def standing_to_space(reader: User, space: Space) -> Standing:
    """One query."""
    found = {is_of_space: level for level, is_of_space in _rows(reader, thread=0, space=space.pk)}
    return _standing(found.get(True, AS_USUAL), USUAL_OF_SPACE, list(NAMES))


def _standing(own: str, usual: StrPromise, offered: list[str], of_space: str = "") -> Standing:
    choices = [Choice(level, NAMES[level], level == own) for level in offered]
    choices.append(Choice(AS_USUAL, usual, own == AS_USUAL))
    return Standing(own or of_space, NAMES[own] if own else usual, tuple(choices), of_space=bool(of_space) and not own)


@prepared
def _rows(reader: Any) -> QuerySet[Any, Any]:
    own = Follow.objects.visible_to(reader)
    of_both = own.filter(Q(thread=Late("thread")) | Q(space=Late("space")))
    return of_both.annotate(is_of_space=Q(space__isnull=False)).values_list("level", "is_of_space")
