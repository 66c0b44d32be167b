"""The editors' board: what is on the road, by state, the longest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, IntegerField, Prefetch, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from products.models import Credit, Edition, KindRules
from products.road.facts import facts_of, with_facts
from products.road.standing import Wait, is_stuck, waits_for

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from ambassadors.models import User

MOST = 200
ASK = _("Ask its authors how it goes")
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
    authors: tuple[str, ...]
    wait: Wait
    is_stuck: bool
    is_own: bool  # the reader writes it, and does not decide
    url: str  # where the reader can do what is to be done next

    @property
    def then(self) -> StrPromise | str:
        """What the reader can do about it now."""
        if self.is_own:
            return ""
        return self.wait.then or (ASK if self.is_stuck else "")


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
    to_do: int  # what the reader can do something about
    late: int
    stuck: int


def board_of(editor: User) -> Board:
    """Return what an editor finds on the road: four queries, however much there is."""
    order = Case(*(When(status=state, then=Value(place)) for place, state in enumerate(STATES)), output_field=IntegerField())
    rows: Any = Edition.objects.edited_by(editor).on_the_road().order_by(order, "status_since", "pk")
    rows = rows.select_related("product__space", "product__editor").prefetch_related(_with_authors())
    found = list(with_facts(rows)[: MOST + 1])
    usual, own = KindRules.of_all(), set(Edition.objects.written_by(editor).on_the_road().values_list("pk", flat=True))
    cards = [_card(edition, usual, is_own=edition.pk in own) for edition in found[:MOST]]
    columns = [
        Column(state, title, tuple(card for card in cards if card.edition.status == state)) for state, title in STATES.items()
    ]
    return Board(
        tuple(column for column in columns if column.cards),
        is_cut=len(found) > MOST,
        to_do=sum(bool(card.then) for card in cards),
        late=sum(card.wait.is_late for card in cards),
        stuck=sum(card.is_stuck for card in cards),
    )


def _with_authors() -> Prefetch:
    authors = Credit.objects.authors().exclude(person=None).select_related("person")  # unscoped: of what the reader edits
    return Prefetch("product__credits", authors.order_by("position", "pk"), to_attr="writers")


def _card(edition: Any, usual: dict[str, KindRules], *, is_own: bool) -> Card:
    facts, now = facts_of(edition, usual), timezone.now()
    wait = waits_for(facts, now, timezone.localdate())
    authors = tuple(credit.person.shown_name for credit in edition.product.writers)
    return Card(edition, authors, wait, is_stuck(facts, now), is_own, _url(edition, wait))


def _url(edition: Edition, wait: Wait) -> str:
    slug = edition.product.slug
    if wait.page == "round":
        return reverse("products:round-detail", args=[slug, edition.number])
    return reverse("products:community-review-detail" if wait.page == "window" else "products:product-progress", args=[slug])
