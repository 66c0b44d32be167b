"""What the page of a round shows to an editor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ambassadors.models import Ambassador
from ambassadors.picking import written_for
from products.drafting.lookups import reader_of
from products.models import Edition, KindRules, Review, ReviewRound
from products.reviewing import secrecy
from products.reviewing.editor_forms import DayForm, InviteForm, NeedsForm, RoundForm
from products.reviewing.passages import rounds_said
from products.reviewing.suggesting import Suggestion, suggestions_for
from products.reviewing.workflow import MOST_REMINDERS


@dataclass(frozen=True)
class Line:
    """Somebody who was asked, and how far it is."""

    review: Review
    name: str
    tone: str
    is_late: bool
    may_be_reminded: bool


AT_LEAST = timedelta(days=7)  # offered to whoever is asked late in a round
COUNTED = frozenset({"invited", "accepted", "submitted"})  # whoever is among them may be who wrote it
TONES = {"submitted": "success", "declined": "warning", "withdrawn": "", "lapsed": "", "accepted": "accent", "invited": ""}


def round_page(
    request: HttpRequest,
    edition: Edition,
    *,
    person: Ambassador | None = None,
    instead: int | None = None,
    forms: dict[str, Any] | None = None,
    unsaved: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    """Show the newest round with what one can do, and what was said in all of them."""
    me, forms = reader_of(request), forms or {}
    rounds = list(ReviewRound.objects.visible_to(me).filter(edition=edition).order_by("-number"))
    for one in rounds:
        one.edition = edition
    last = rounds[0] if rounds else None
    lines = _lines(last) if last else []
    is_in = sum(line.review.status == Review.Status.SUBMITTED for line in lines)
    is_mine = any(line.review.reviewer_id == me.pk and line.review.is_open for line in lines)
    context: dict[str, Any] = {
        "edition": edition,
        "product": edition.product,
        "unsaved": unsaved,
        "round": last,
        "lines": [] if is_mine else lines,
        "mine": next((line.review for line in lines if line.review.reviewer_id == me.pk and line.review.is_open), None),
        "is_open": last is not None and last.closed_at is None,
        "is_in": is_in,
        "is_enough": last is not None and last.closed_at is None and not is_mine and is_in >= max(last.reviews_needed, 1),
        "said": rounds_said(edition, me),
        "can_open": edition.status == Edition.Status.IN_REVIEW and (last is None or last.closed_at is not None),
        "doubts": secrecy.doubts_about(last, asked=sum(line.review.status in COUNTED for line in lines)) if last else [],
    }
    if context["can_open"]:
        context["round_form"] = forms.get("round_form") or RoundForm(initial=_first(edition))
    if last is not None and last.closed_at is None and not is_mine:
        context |= _asking(last, me, person, instead, forms)
    return render(request, "products/reviewing/round_detail.html", context, status=status)


def _first(edition: Edition) -> dict[str, Any]:
    usual = KindRules.of(edition.product.kind)
    due_on = timezone.localdate() + timedelta(days=usual.review_days)
    return {
        "revision": edition.revision,
        "due_on": due_on,
        "reviews_needed": usual.reviews_needed,
        "hides": "both" if edition.is_nameless else "nothing",
    }


def _lines(held: ReviewRound) -> list[Line]:
    rows = Review.objects.filter(round=held).select_related("reviewer", "speaks_for").order_by("pk")  # unscoped: who was asked
    naming = secrecy.Naming(held, secrecy.Reader(secrecy.Standing.EDITOR))
    today = timezone.localdate()
    return [
        Line(
            review=one,
            name=str(naming.reviewer(one)),
            tone=TONES.get(one.status, ""),
            is_late=one.is_open and one.due_on < today,
            may_be_reminded=one.is_open and one.reminded < MOST_REMINDERS,
        )
        for one in rows
    ]


def _asking(last: ReviewRound, me: Any, person: Ambassador | None, instead: int | None, forms: dict[str, Any]) -> dict[str, Any]:
    found = suggestions_for(last, by=me)
    chosen = next((one for one in found if person is not None and one.person == person.user_id), None)
    name = written_for(me, person) if person is not None else ""
    due_on = max(last.due_on, timezone.localdate() + AT_LEAST)
    initial = {"person": name, "due_on": due_on, "instead": instead, "reasons": _reasons(chosen)}
    if chosen is not None and chosen.belongs:
        initial["speaks_for"] = last.edition.product.readership_id
    return {
        "suggestions": found,
        "chosen": chosen,
        "instead": instead,
        "invite_form": forms.get("invite_form") or InviteForm(last, reader=me, initial=initial),
        "needs_form": forms.get("needs_form")
        or NeedsForm(initial={"reviews_needed": last.reviews_needed, "needs_fewer_because": last.needs_fewer_because}),
        "day_form": forms.get("day_form") or DayForm(initial={"due_on": last.due_on}),
    }


def _reasons(chosen: Suggestion | None) -> str:
    return " · ".join(chosen.reasons)[:600] if chosen else ""
