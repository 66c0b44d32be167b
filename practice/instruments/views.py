"""The public page of an instrument, and the page on which one tries one out before it is released."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from foundation.access import public_page
from practice.answering.forms import PrincipleForm
from practice.instruments.content import Module, Principle
from practice.models import InstrumentEdition
from products.pages.finding import VISITOR


@public_page
@require_GET
def instrument_detail(request: HttpRequest, key: str) -> HttpResponse:
    """What it asks, for whom it is, how it was made, and where an organisation begins."""
    rows = InstrumentEdition.objects.visible_to(VISITOR).released().select_related("instrument", "edition__product")
    edition = get_object_or_404(rows, instrument__key=key)
    return render(request, "practice/instruments/instrument_detail.html", {"edition": edition, "asks": edition.content})


@require_GET
def instrument_try(request: HttpRequest, pk: int) -> HttpResponse:
    """The questionnaire as respondents see it, one principle at a time; nothing that is chosen is kept."""
    rows = InstrumentEdition.objects.visible_to(request.user).select_related("instrument", "edition__product")
    edition = get_object_or_404(rows, pk=pk)
    asks = edition.content
    places = [(module, principle) for module in asks.modules for principle in module.principles]
    place = _place(places, request.GET.get("at", ""))
    module, principle = places[place]
    context = {
        "edition": edition,
        "asks": asks,
        "module": module,
        "principle": principle,
        "form": PrincipleForm(asks, principle, given={}),
        "number": place + 1,
        "count": len(places),
        "before": places[place - 1][1] if place else None,
        "after": places[place + 1][1] if place + 1 < len(places) else None,
    }
    return render(request, "practice/instruments/instrument_try.html", context)


def _place(places: list[tuple[Module, Principle]], key: str) -> int:
    if not key:
        return 0
    found = [place for place, (_module, principle) in enumerate(places) if principle.key == key]
    if not found:
        raise Http404("no such principle")
    return found[0]
