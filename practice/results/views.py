"""The pages of results, for whoever runs the session."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from foundation.access import signed_in
from practice.models import LearningSession
from practice.results.drawing import drawn
from practice.results.reading import Results, results_of


@signed_in
@require_GET
def session_results(request: HttpRequest, pk: int) -> HttpResponse:
    """What the session shows at a glance: where you are strong, where you differ, what nobody knows, what has moved."""
    session = _session(request, pk)
    if session.is_anonymous and session.status != "closed":
        return redirect("practice:session-detail", session.pk)
    results = results_of(session, since=_since(session))
    return render(
        request, "practice/results/session_results.html", {"session": session, "results": results, "drawn": drawn(results)}
    )


@signed_in
@require_GET
def module_results(request: HttpRequest, pk: int, module: str) -> HttpResponse:
    """One module, proof point by proof point."""
    session = _session(request, pk)
    if session.is_anonymous and session.status != "closed":
        return redirect("practice:session-detail", session.pk)
    results: Results = results_of(session, since=_since(session), modules=[module])
    if len(results.modules) != 1 or results.modules[0].module.key != module:
        raise Http404("no such module")
    context = {"session": session, "results": results, "module": results.modules[0], "drawn": drawn(results)[0]}
    return render(request, "practice/results/module_results.html", context)


def _session(request: HttpRequest, pk: int) -> LearningSession:
    rows = LearningSession.objects.visible_to(request.user)
    found: LearningSession = get_object_or_404(
        rows.select_related("organization", "instrument_edition__edition", "follows__instrument_edition"), pk=pk
    )
    return found


def _since(session: LearningSession) -> LearningSession | None:
    """The round before, once it can be read."""
    before = session.follows
    return before if before is not None and (before.status == "closed" or not before.is_anonymous) else None
