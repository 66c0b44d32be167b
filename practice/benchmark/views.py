"""The page of a benchmark, for whoever runs an organisation's sessions: of the instrument of a round, whichever round it is."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ambassadors.models import User
from foundation.access import signed_in
from practice.benchmark import workflow
from practice.benchmark.forms import AgreeForm, terms
from practice.benchmark.reading import page_of
from practice.models import BenchmarkConsent, LearningSession
from practice.querysets.benchmark import LEAST


@signed_in
@require_GET
def benchmark_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What is shared, and what lies beside it."""
    return _page(request, _session(request, pk))


@signed_in
@require_POST
def benchmark_agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Share from now on."""
    session = _session(request, pk)
    form = AgreeForm(request.POST)
    if not form.is_valid():
        return _page(request, session, agreeing=form, status=422)
    workflow.agree(session.organization, session.instrument_edition.instrument, by=_person(request), words="\n".join(terms()))
    messages.success(request, _("Your organisation shares its numbers now. Figures are worked out once a day."))
    return redirect("practice:benchmark-detail", session.pk)


@signed_in
@require_POST
def benchmark_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Share nothing any more."""
    session = _session(request, pk)
    consents = BenchmarkConsent.objects.visible_to(request.user).select_related("organization")
    consent = get_object_or_404(consents, organization=session.organization_id, instrument=session.instrument_edition.instrument_id)
    workflow.withdraw(consent, by=_person(request))
    messages.success(request, _("Your organisation shares nothing any more, and its numbers are forgotten."))
    return redirect("practice:benchmark-detail", session.pk)


def _page(request: HttpRequest, session: LearningSession, *, agreeing: AgreeForm | None = None, status: int = 200) -> HttpResponse:
    page = page_of(session, _person(request))
    context = {
        "session": session,
        "page": page,
        "least": LEAST,
        "terms": terms(),
        "agreeing": agreeing or AgreeForm(),
    }
    return render(request, "practice/benchmark/benchmark_detail.html", context, status=status)


def _session(request: HttpRequest, pk: int) -> LearningSession:
    rows = LearningSession.objects.visible_to(request.user).select_related("organization", "instrument_edition__instrument")
    found: LearningSession = get_object_or_404(rows, pk=pk)
    return found


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)
