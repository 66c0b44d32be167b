"""The editors' board: what is on the road, by state, the longest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from products.models import Edition, KindRules
from products.road.facts import facts_of, with_facts
from products.road.standing import Wait, is_stuck, waits_for

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from ambassadors.models import User

MOST = 200
STATES: dict[str, StrPromise] = {
    "in review": _("In peer review"),
    "community review": _("In community review"),
    "approved": _("Approved, to be published"),
    "in revision": _("In revision"),
    "draft": _("Drafts"),
}


@dataclass(frozen=True)
class Card:
    """One edition on the board."""

    edition: Edition
    wait: Wait
    is_stuck: bool
    is_own: bool  # the reader writes it, and does not decide


@dataclass(frozen=True)
class Column:
    """The editions in one state."""

    state: str
    title: StrPromise
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Board:
    """The whole board; `is_cut` when there is more than it shows."""

    columns: tuple[Column, ...]
    is_cut: bool


def board_of(editor: User) -> Board:
    """Return what an editor finds on the road: three queries, however much there is."""
    order = Case(*(When(status=state, then=Value(place)) for place, state in enumerate(STATES)), output_field=IntegerField())
    rows: Any = Edition.objects.edited_by(editor).on_the_road().order_by(order, "status_since", "pk")
    rows = rows.select_related("product__space", "product__editor")
    found = list(with_facts(rows)[: MOST + 1])
    usual, own = KindRules.of_all(), set(Edition.objects.written_by(editor).on_the_road().values_list("pk", flat=True))
    cards = [_card(edition, usual, is_own=edition.pk in own) for edition in found[:MOST]]
    columns = [
        Column(state, title, tuple(card for card in cards if card.edition.status == state)) for state, title in STATES.items()
    ]
    return Board(tuple(column for column in columns if column.cards), len(found) > MOST)


def _card(edition: Any, usual: dict[str, KindRules], *, is_own: bool) -> Card:
    facts, now = facts_of(edition, usual), timezone.now()
    return Card(edition, waits_for(facts, now, timezone.localdate()), is_stuck(facts, now), is_own)
