"""PDFs, set while one waits: a second for a large round. What cannot be set in time is told on a page."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from foundation.access import public, signed_in
from practice.files.public_views import edition_of, worksheet_of_request
from practice.files.sending import sent
from practice.models import LearningSession
from practice.paper.report import report_of
from practice.paper.sheet import sheet_of
from practice.results.reading import results_of
from practice.results.secrecy import is_still_secret, since_of
from products.printing.setting import NotSet, set_in_print

REPORT, SHEET = (Path(__file__).with_name(name) for name in ("report.typ", "sheet.typ"))
LONGEST = 15  # seconds that a request waits
KEPT = 24 * 60 * 60  # seconds that a public worksheet is kept: it is the same for everybody
OWN_RATE, PUBLIC_RATE = "20/m/user", "10/m/ip,60/h/ip"


@signed_in
@require_GET
def session_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole round."""
    return _report(request, pk)


@signed_in
@require_GET
def module_report(request: HttpRequest, pk: int, module: str) -> HttpResponse:
    """One module of it alone: a whole report of that module."""
    return _report(request, pk, module)


@public
@require_GET
def instrument_worksheet_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The worksheet of an instrument that is out, whole or with chosen modules (`?module=`), for everybody."""
    edition = edition_of(key)
    document = sheet_of(edition, worksheet_of_request(request, edition))
    place = f"practice-sheet:{hashlib.sha256(json.dumps(document).encode()).hexdigest()}"
    pdf = cache.get(place)
    if pdf is None:
        if not ratelimit.consume(request, app="practice", action="sheet", config={"sheet": PUBLIC_RATE}, limit_get=True):
            return _later(request, status=429)
        pdf = _set(document, SHEET)
        if pdf is None:
            return _later(request)
        cache.set(place, pdf, KEPT)
    return sent(pdf, "pdf", "worksheet", key)


def _report(request: HttpRequest, pk: int, module: str = "") -> HttpResponse:
    rows = LearningSession.objects.visible_to(request.user)
    session = get_object_or_404(
        rows.select_related("organization", "instrument_edition__edition", "follows__instrument_edition"), pk=pk
    )
    if is_still_secret(session):
        return redirect("practice:session-detail", session.pk)
    results = results_of(session, since=since_of(session), modules=[module] if module else (), has_words=True)
    if module and [one.module.key for one in results.modules] != [module]:
        raise Http404("no such module")
    if not ratelimit.consume(request, app="practice", action="report", config={"report": OWN_RATE}, limit_get=True):
        return _later(request, status=429)
    pdf = _set(report_of(results), REPORT)
    return sent(pdf, "pdf", session.organization.name, f"round {session.number}", module) if pdf else _later(request)


def _set(document: dict[str, Any], template: Path) -> bytes | None:
    try:
        return set_in_print(document, template, longest=LONGEST).pdf
    except NotSet:
        return None


def _later(request: HttpRequest, *, status: int = 503) -> HttpResponse:
    return render(request, "practice/paper/later.html", status=status)
