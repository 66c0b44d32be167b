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
    edition = _edition(key)
    sheet = _worksheet(request, edition)
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
    edition = _edition(key)
    sheet = _worksheet(request, edition)
    return table_sent(sheet_table(sheet.asks, sheet.contents), suffix, "worksheet", key)


def _edition(key: str) -> InstrumentEdition:
    rows = InstrumentEdition.objects.visible_to(VISITOR).released().select_related("instrument", "edition__product")
    found: InstrumentEdition = get_object_or_404(rows, instrument__key=key)
    return found


def _worksheet(request: HttpRequest, edition: InstrumentEdition) -> Worksheet:
    asks, chosen = edition.content, set(request.GET.getlist("module"))
    modules = tuple(module for module in asks.modules if not chosen or module.key in chosen)
    if not modules:
        raise Http404("no such module")
    return worksheet_of(asks, modules)
