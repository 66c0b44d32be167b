"""State moves here and nowhere else: a compare-and-swap on the row, and a line of history in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from foundation import search
from foundation.models import HistoryEntry, Via
from foundation.publication import is_watched, publication_changed

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from ambassadors.models import User  # for the type checker only: the ground imports from no floor above it


class TransitionRefused(Exception):
    """The row is not, or no longer, in a state from which it can make this move."""


def anybody(user: User | None, obj: Any) -> bool:
    """The rule of a move which the calling workflow function has already allowed (a token, a command, a due date)."""
    return True


@dataclass(frozen=True)
class Transition:
    """One move of a model's state field: its name in the history, the states it starts from, its target, and who may make it."""

    name: str
    sources: frozenset[str]
    target: str
    allowed: Callable[[User | None, Any], bool]
    label: StrPromise | str = ""
    field: str = "status"

    def offered_to(self, user: User | None, obj: models.Model) -> bool:
        """Whether to show `user` a button for this move on `obj`."""
        return getattr(obj, self.field) in self.sources and self.allowed(user, obj)


def apply(
    move: Transition,
    obj: models.Model,
    *,
    by: User | None,
    via: Via = Via.WEB,
    about: User | None = None,
    history_note: str = "",
    revision: int | None = None,
    **fields: Any,
) -> None:
    """Make `move` on `obj`, setting `fields` in the same statement, and write the history row with `history_note` (rows have notes of their own).

    A move that approves a text names the `revision` that `by` has read: of a newer one it is refused.

    Raises PermissionDenied when `by` may not, TransitionRefused when the row has moved on in the meantime.
    `update()` skips `auto_now`: pass timestamps in `fields`.
    """
    if not move.allowed(by, obj):
        raise PermissionDenied(f"{by} may not {move.name} {obj}")
    with transaction.atomic():
        rows = type(obj)._base_manager.filter(pk=obj.pk, **{f"{move.field}__in": move.sources})
        if revision is not None:
            rows = rows.filter(revision=revision)
        # Two people may press a button at once. The lock lets one move at a time find the row, and in the state it then has, not the
        # one that `obj` was read in: the history tells of moves that were.
        before = rows.select_for_update().values_list(move.field, flat=True).first()
        if before is None:
            raise TransitionRefused(f"{obj} can no longer be moved: {move.name}")
        rows.update(**{move.field: move.target}, **fields)
        record(move.name, obj, by=by, via=via, about=about, note=history_note, before=before, after=move.target)
    obj.refresh_from_db()


def record(
    verb: str,
    target: models.Model,
    *,
    by: User | None,
    via: Via = Via.WEB,
    about: User | None = None,
    note: str = "",
    before: str = "",
    after: str = "",
) -> HistoryEntry:
    """Write one line of history: who did what to which row, when and through which door.

    `about` is the person whose account the line speaks of: they can read it in their settings. What can be found of the row is brought
    up to date; where visitors may see something of it, their pages are rendered anew (foundation/publication.py).
    """
    entry = line_of_history(verb, target, by=by, via=via, about=about, note=note, before=before, after=after)
    entry.save()
    search.index(target)
    if is_watched(target):  # `apply` updates without a signal
        publication_changed()
    return entry


def line_of_history(
    verb: str,
    target: models.Model,
    *,
    by: User | None,
    via: Via,
    about: User | None = None,
    note: str = "",
    before: str = "",
    after: str = "",
) -> HistoryEntry:
    """Return the line that `record` writes, unsaved: for work on many rows, which inserts its lines together."""
    return HistoryEntry(
        actor=by,
        actor_name=str(by) if by else "",
        about=about,
        via=via,
        verb=verb,
        target=target,
        target_name=str(target)[:200],
        note=note,
        before=before,
        after=after,
    )
