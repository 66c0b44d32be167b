"""One's own worksheet, at one's own link: to read, to print, to fill in elsewhere and to put back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from practice.answering import saving
from practice.answering.views import respondent_page
from practice.answering.walking import places_of
from practice.files import workflow
from practice.files.answers import Asked
from practice.files.forms import WorksheetForm
from practice.files.sending import table_sent
from practice.files.tables import sheet_table
from practice.files.worksheet import Worksheet, worksheet_of
from practice.models import Respondent


@respondent_page
@require_http_methods(["GET", "POST"])
def respond_worksheet(request: HttpRequest, respondent: Respondent, token: str) -> HttpResponse:
    """What one is asked with what one has answered, on one page; and the way to put in what was filled in elsewhere."""
    sheet = own_worksheet(respondent)
    form = WorksheetForm(Asked(sheet.asks, sheet.contents), request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        count = workflow.put_in_own(respondent, form.cleaned_data["file"])
        messages.success(request, ngettext("%s line of your worksheet is in.", "%s lines of your worksheet are in.", count) % count)
        return redirect("practice:respond-worksheet", token)
    context = {"respondent": respondent, "session": respondent.session, "token": token, "sheet": sheet, "form": form}
    return render(request, "practice/files/respond_worksheet.html", context, status=422 if form.is_bound else 200)


@respondent_page
@require_GET
def respond_worksheet_file(request: HttpRequest, respondent: Respondent, token: str, suffix: str) -> HttpResponse:
    """The same as a file."""
    if suffix not in {"csv", "xlsx"}:
        raise Http404("no such file")
    sheet = own_worksheet(respondent)
    table = sheet_table(sheet.asks, sheet.contents, sheet.given, sheet.weight)
    return table_sent(table, suffix, "worksheet", respondent.session.organization.name)


def own_worksheet(respondent: Respondent) -> Worksheet:
    """What a respondent is asked, with their answers."""
    given, weights = saving.given_by(respondent)
    modules = {place.module.key: place.module for place in places_of(respondent)}
    return worksheet_of(respondent.session.instrument_edition.content, tuple(modules.values()), given, weights)
