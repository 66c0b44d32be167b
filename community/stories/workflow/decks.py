"""Slides: draft > published > withdrawn. Their file is anybody's only while they are published."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from community.models import Deck
from community.stories import rules
from community.stories.seen import held, refuse_unseen
from foundation import search
from foundation.models import Upload, Via
from foundation.uploads import CheckedFile, upload_delete, upload_keep
from foundation.workflow import Transition, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

S = Deck.Status
WRITTEN = ["title", "slug", "page", "position", "file", "cover", "text_alternative", "changed_at"]

PUBLISH = Transition("published", frozenset({S.DRAFT, S.WITHDRAWN}), S.PUBLISHED, rules.is_support, _lazy("Publish"))
WITHDRAW = Transition("withdrawn", frozenset({S.PUBLISHED}), S.WITHDRAWN, rules.is_support, _lazy("Withdraw"))


@transaction.atomic
def publish(deck: Deck, *, by: User, seen: str | None = None, via: Via = Via.WEB) -> None:
    """Show slides on their page. Raises ValidationError when they lack the file or the text that stands for it."""
    now_held = held(deck)
    refuse_unseen(now_held, seen)
    if not now_held.is_complete:
        raise ValidationError(_("Slides need both the file and their words as text before anybody is shown them."))
    apply(PUBLISH, deck, by=by, via=via)
    search.index(deck)


@transaction.atomic
def withdraw(deck: Deck, *, by: User, via: Via = Via.WEB) -> None:
    """Take slides from the site; their file is the support team's again."""
    apply(WITHDRAW, deck, by=by, via=via)
    search.index(deck)


@transaction.atomic
def keep(
    deck: Deck, *, by: User, file: CheckedFile | None = None, cover: CheckedFile | None = None, alt: str = "", note: str = ""
) -> None:
    """Save slides, with a new file or cover in the place of the old one; never where they stand, which may have moved."""
    is_new = deck.pk is None
    if is_new:
        deck.save()
    old = [deck.file if file else None, deck.cover if cover else None]
    if file:
        deck.file = upload_keep(file, owner=by, holder=deck)
    if cover:
        deck.cover = upload_keep(cover, owner=by, holder=deck, alt=alt)
    elif deck.cover and deck.cover.alt != alt:
        Upload.objects.filter(pk=deck.cover.pk).update(alt=alt)
    deck.save(update_fields=WRITTEN)
    for upload in filter(None, old):
        upload_delete(upload)
    if is_new or note:
        record("made" if is_new else "changed", deck, by=by, note=note)
    search.index(deck)


@transaction.atomic
def throw_away(deck: Deck, *, by: User) -> None:
    """Delete slides that are not published, with their files."""
    files = [deck.file, deck.cover]
    record("threw away", deck, by=by)
    search.remove(deck)
    deck.delete()
    for upload in filter(None, files):
        upload_delete(upload)


MOVES: dict[str, tuple[Transition, Callable[..., Any]]] = {"publish": (PUBLISH, publish), "withdraw": (WITHDRAW, withdraw)}
