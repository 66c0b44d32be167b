"""The makers' page of a product: where it stands, what stands in the way, what one may press, and how it came here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.models import HistoryEntry
from products import rules
from products.drafting.lookups import reader_of
from products.models import Edition, KindRules, Product
from products.road import forms
from products.road.around import ways_around
from products.road.facts import facts_of, with_facts
from products.road.obstacles import Reason, in_the_way
from products.road.presses import PRESSES, Press, form_of, offered
from products.road.standing import Milestone, milestones, waits_for

if TYPE_CHECKING:
    from django import forms as django_forms
    from django_stubs_ext import StrPromise

    from ambassadors.models import User

Forms = Mapping[str, "django_forms.Form"]
NEXT = {"draft": "submit", "in revision": "submit", "in review": "decide", "community review": "decide", "approved": "publish"}
TOLD: dict[str, StrPromise] = {
    "began": _("Begun"),
    "submit": _("Handed in"),
    "take back": _("Taken back"),
    "ask for a revision": _("Given back for a revision"),
    "send back": _("Sent back"),
    "present": _("Presented to the community"),
    "approve": _("Approved"),
    "publish": _("Published"),
    "retire": _("Retired"),
    "withdraw": _("Its text withdrawn"),
}


@dataclass(frozen=True)
class Happened:
    """One step that an edition has taken: what, by whom, when, and with which words."""

    label: str
    name: str
    at: datetime
    note: str
    after: str


@dataclass(frozen=True)
class Button:
    """A step that the reader may take now."""

    name: str
    press: Press
    form: django_forms.Form
    url: str


@dataclass(frozen=True)
class Line:
    """An edition in the list of all, with the steps that the reader may take with it, where it is not the one that the page is about."""

    edition: Edition
    buttons: tuple[Button, ...]


def progress_page(request: HttpRequest, product: Product, *, bound: Forms | None = None, status: int = 200) -> HttpResponse:
    """Show where a product stands. `bound` are forms that were sent and could not be followed, by name."""
    me, bound = reader_of(request), bound or {}
    rows = with_facts(Edition.objects.followed_by(me).filter(product=product))
    editions = list(rows.select_related("product__space", "product__editor").order_by("-number"))
    edition, decides = editions[0], rules.may_decide(me, editions[0])
    told, usual = happened(edition), KindRules.of_all()
    now = timezone.now()
    context: dict[str, Any] = {
        "product": product,
        "edition": edition,
        "lines": _lines(editions, bound, decides=decides) if len(editions) > 1 else [],
        "milestones": _milestones(edition, told, usual[product.kind]),
        "wait": waits_for(facts_of(edition, usual), now, timezone.localdate()),
        "reasons": _reasons(me, edition),
        "buttons": _buttons(me, edition, bound),
        "told": told[::-1],
        "may_begin": rules.writes(me, product) and edition.status not in NEXT,
        "decides": decides,
        "ways": ways_around(me, edition, here="product-progress"),
        **_beside(me, product, bound, decides=decides),
    }
    return render(request, "products/road/product_progress.html", context, status=status)


def happened(edition: Edition) -> list[Happened]:
    """The steps that an edition has taken, in order, for those who follow its making. Whoever reviews it is in none of them."""
    kind = ContentType.objects.get_for_model(Edition)
    rows = HistoryEntry.objects.filter(  # unscoped: the caller asked who follows its making, who reads these steps
        target_type=kind, target_id=str(edition.pk), verb__in=TOLD
    )
    return [
        Happened(str(TOLD[row.verb]), row.actor.shown_name if row.actor else row.actor_name, row.at, row.note, row.after or "draft")
        for row in rows.select_related("actor").order_by("at", "pk")
    ]


def _milestones(edition: Edition, told: list[Happened], usual: KindRules) -> list[Milestone]:
    days: dict[str, date] = {one.after: timezone.localtime(one.at).date() for one in told}
    return milestones(edition.status, days, has_window=bool(usual.window_days))


def _reasons(me: User, edition: Edition) -> list[Reason]:
    """What stands in the way of the next step, for whoever may take it."""
    step = NEXT.get(edition.status)
    if step is None or not (rules.may_submit(me, edition) if step == "submit" else rules.may_decide(me, edition)):
        return []
    return in_the_way(edition, step)


def _buttons(me: User, edition: Edition, bound: Forms) -> list[Button]:
    return [_button(name, edition, bound) for name in offered(me, edition)]


def _button(name: str, edition: Edition, bound: Forms) -> Button:
    press = PRESSES[name]
    form = bound.get(f"{name}-{edition.number}") or form_of(name, edition=edition)
    return Button(name, press, form, reverse(press.url_name, args=[edition.product.slug, edition.number]))


def _lines(editions: list[Edition], bound: Forms, *, decides: bool) -> list[Line]:
    """All editions; those before the newest can be taken out of use, too."""
    return [
        Line(edition, tuple(_button(name, edition, bound) for name in _of_earlier(edition)) if decides and place else ())
        for place, edition in enumerate(editions)
    ]


def _of_earlier(edition: Edition) -> list[str]:
    moves = {name: PRESSES[name].move for name in ("retire", "withdraw")}
    return [name for name, move in moves.items() if edition.status in move.sources and not edition.is_withdrawn]


def _beside(me: User, product: Product, bound: Forms, *, decides: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"begin_form": bound.get("begin") or forms.EditionBeginForm(auto_id="begin-%s")}
    if not decides:
        return found
    month = product.expected_on.strftime("%Y-%m") if product.expected_on else ""
    title = product.announced_as or (product.newest.title if product.newest else "")
    said = {"month": month, "announced_as": title, "announcement": product.announcement}
    found["announce_form"] = bound.get("announce") or forms.AnnounceForm(initial=said, auto_id="announce-%s")
    found["address_form"] = bound.get("address") or forms.AddressForm(initial={"slug": product.slug}, auto_id="address-%s")
    found["editor_form"] = bound.get("editor") or forms.EditorForm(reader=me, product=product, auto_id="editor-%s")
    if product.current_id is None and product.editions.filter(status="retired").exists():
        found["lead_on_form"] = bound.get("lead_on") or forms.LeadOnForm(reader=me, product=product, auto_id="lead-%s")
    return found
