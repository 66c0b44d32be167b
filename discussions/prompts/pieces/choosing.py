"""Choosing a conversation piece: which were used of late, as far as the one who chooses may know, and putting one to use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from discussions.models import Piece, PieceUse, PromptRound
from discussions.prompts import rounds
from foundation.models import Community
from foundation.richtext import from_plain

if TYPE_CHECKING:
    from ambassadors.models import User


class Offered(NamedTuple):
    """A piece, and the last time that it was used of late: where, by whom, and whether that is still to come."""

    piece: Piece
    use: PieceUse | None
    is_to_come: bool


def used_since(now: datetime | None = None) -> datetime:
    """From when on a piece counts as used of late: so many months ago as the support team says."""
    since: datetime = (now or timezone.now()) - relativedelta(months=Community.seen().pieces_rest)
    return since


def offered(reader: User, pieces: Iterable[Piece]) -> list[Offered]:
    """Each piece with its last use of late, of those that the reader may know of: one query, whatever their number."""
    pieces, now = list(pieces), timezone.now()
    uses = PieceUse.objects.visible_to(reader).since(used_since(now)).filter(piece__in=pieces)
    last: dict[int, Any] = {}
    for use in uses.select_related("prompt__space", "by"):
        last.setdefault(use.piece_id, use)
    return [Offered(piece, last.get(piece.pk), piece.pk in last and last[piece.pk].asked_at > now) for piece in pieces]


@transaction.atomic
def use_in_round(piece: Piece, one: PromptRound, *, by: User) -> None:
    """Let one round ask the words of a piece. Raises what `edit_round` raises. A piece that the round had before is free again."""
    rounds.edit_round(one, by=by, text=from_plain(piece.words))
    PieceUse.objects.update_or_create(round=one, defaults={"piece": piece, "prompt": one.prompt, "by": by, "at": timezone.now()})


def piece_of(reader: User, key: str) -> Piece | None:
    """The piece with which somebody begins a series, if there is one of that key."""
    known = key.isascii() and key.isdigit() and len(key) < 18
    return Piece.objects.visible_to(reader).filter(pk=int(key)).first() if known else None


def words_of(piece: Piece | None) -> dict[str, str]:
    """What a series says that begins with it."""
    return {"title": piece.title, "text": from_plain(piece.words)} if piece else {}
