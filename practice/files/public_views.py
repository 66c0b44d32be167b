"""The worksheet of an instrument, for everybody: on a page that prints well, and as a file to be filled in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from foundation.access import public
from practice.files.sending import table_sent
from practice.files.tables import sheet_table
from practice.files.worksheet import Worksheet, worksheet_of
from practice.models import InstrumentEdition
from products.pages.finding import VISITOR


@public
@require_GET
def instrument_worksheet(request: HttpRequest, key: str) -> HttpResponse:
    """What it asks on paper; `?module=` chooses, as often as one likes."""
    edition = edition_of(key)
    sheet = worksheet_of_request(request, edition)
    chosen = request.GET.getlist("module")
    query = request.GET.urlencode() if chosen else ""
    context = {"edition": edition, "asks": edition.content, "sheet": sheet, "chosen": chosen, "query": query}
    return render(request, "practice/files/instrument_worksheet.html", context)


@public
@require_GET
def instrument_worksheet_file(request: HttpRequest, key: str, suffix: str) -> HttpResponse:
    """The same as a file."""
    if suffix not in {"csv", "xlsx"}:
        raise Http404("no such file")
    edition = edition_of(key)
    sheet = worksheet_of_request(request, edition)
    return table_sent(sheet_table(sheet.asks, sheet.contents), suffix, "worksheet", key)


def edition_of(key: str) -> InstrumentEdition:
    """The edition of an instrument that is out; 404 where there is none."""
    rows = InstrumentEdition.objects.visible_to(VISITOR).released().select_related("instrument", "edition__product")
    found: InstrumentEdition = get_object_or_404(rows, instrument__key=key)
    return found


def worksheet_of_request(request: HttpRequest, edition: InstrumentEdition) -> Worksheet:
    """Its worksheet, whole or with the modules that `?module=` names; 404 where none of them is one."""
    asks, chosen = edition.content, set(request.GET.getlist("module"))
    modules = tuple(module for module in asks.modules if not chosen or module.key in chosen)
    if not modules:
        raise Http404("no such module")
    return worksheet_of(asks, modules)
