"""What somebody read before they pressed the button: a text that has changed since is not published in their name."""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

from django.db import models

from foundation.workflow import TransitionRefused

Row = TypeVar("Row", bound=models.Model)


def mark_of(*said: Any) -> str:
    """Return a short mark of these words; other words have another."""
    return hashlib.blake2s("\x1f".join(map(str, said)).encode(), digest_size=16).hexdigest()


def held(row: Row) -> Row:
    """Return the row as it is now, locked until the caller's transaction ends: nobody changes its words in between."""
    locked: Row = type(row)._base_manager.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
    return locked


def refuse_unseen(row: Any, seen: str | None) -> None:
    """Raise TransitionRefused when the words are no longer those with the mark `seen`. None: the caller has no page in between."""
    if seen is not None and seen != row.words_mark:
        raise TransitionRefused(f"{row} was changed in the meantime")
