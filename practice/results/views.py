"""The pages of results, for whoever runs the session."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from foundation.access import signed_in
from practice.models import LearningSession
from practice.results.drawing import drawn, pairs
from practice.results.groups import MARKS, bars_of, compared, has_groups, line_of, row_of
from practice.results.reading import Results, results_of
from practice.results.remembered import Round, Shown, drawn_once, round_of
from practice.results.secrecy import since_of
from practice.results.statistics import tones
from practice.results.telling import in_a_minute

WANTING = 5  # principles that matter more than they are so, on the first page


@signed_in
@require_GET
def session_results(request: HttpRequest, pk: int) -> HttpResponse:
    """What the session shows at a glance: where you are strong, where you differ, what nobody knows, what has moved."""
    found = round_of(request.user, pk)
    if found.is_still_secret:
        return redirect("practice:session-detail", pk)
    shown = drawn_once("results", found, lambda: _overview(_session(request, pk)))
    return render(request, "practice/results/session_results.html", {"round": found, "shown": shown})


@signed_in
@require_GET
def module_results(request: HttpRequest, pk: int, module: str) -> HttpResponse:
    """One module, proof point by proof point."""
    found = round_of(request.user, pk)
    if found.is_still_secret:
        return redirect("practice:session-detail", pk)
    shown = _with_words(f"module {module}", found, lambda: _module(_session(request, pk), module))
    return render(request, "practice/results/module_results.html", {"round": found, "shown": shown})


@signed_in
@require_GET
def group_results(request: HttpRequest, pk: int) -> HttpResponse:
    """How groups of respondents see the same thing."""
    found = round_of(request.user, pk)
    if found.is_still_secret:
        return redirect("practice:session-detail", pk)
    shown = _with_words("groups", found, lambda: _groups(_session(request, pk)))
    return render(request, "practice/results/group_results.html", {"round": found, "shown": shown})


def _with_words(page: str, found: Round, draw: Callable[[], Shown]) -> Shown:
    """A page of which not all is counted. Openly, names stand on it, and whoever is erased is gone from it: it is drawn each time."""
    return drawn_once(page, found, draw) if found.is_anonymous else draw()


def _overview(session: LearningSession) -> Shown:
    results = results_of(session, since=since_of(session))
    context = _context(session, results) | {
        "drawn": drawn(results),
        "wanting": pairs(results.wanting[:WANTING]),
        "has_groups": has_groups(session),
    }
    html = render_to_string("practice/results/_overview.html", context)
    return Shown(html, results.asks.title, sentences=tuple(in_a_minute(results)), is_empty=not results.points)


def _module(session: LearningSession, module: str) -> Shown:
    results = results_of(session, since=since_of(session), modules=[module], has_words=True)
    if len(results.modules) != 1 or results.modules[0].module.key != module:
        raise Http404("no such module")
    others = [one for one in session.instrument_edition.content.modules if one.key in results.chosen]
    place = [one.key for one in others].index(module)
    found = results.modules[0]
    context = _context(session, results) | {
        "module": found,
        "drawn": drawn(results)[0],
        "pairs": pairs(found.principles),
        "before": others[place - 1] if place else None,
        "after": others[place + 1] if place + 1 < len(others) else None,
    }
    return Shown(render_to_string("practice/results/_module.html", context), found.module.title, found.module.about)


def _groups(session: LearningSession) -> Shown:
    found = compared(session)
    scale = found.asks.practice.answers
    modules = [
        {
            "module": module,
            "lines": [line_of(one) for one in principles],
            "rows": [row_of(point) for one in principles for point in one.points],
        }
        for module, principles in found.modules
    ]
    context = {
        "session": session,
        "found": found,
        "has_groups": has_groups(session),
        "modules": modules,
        "foremost": [bars_of(point, found.groups) for point in found.foremost],
        "marks": list(enumerate(found.groups[:MARKS], start=1)),
        "scale": scale,
        "key": list(zip(tones(len(scale)), scale, strict=True)),
    }
    return Shown(render_to_string("practice/results/_groups.html", context), found.asks.title, is_empty=not found.modules)


def _context(session: LearningSession, results: Results) -> dict[str, object]:
    scale = results.asks.practice.answers
    return {"session": session, "results": results, "key": list(zip(tones(len(scale)), scale, strict=True))}


def _session(request: HttpRequest, pk: int) -> LearningSession:
    rows = LearningSession.objects.visible_to(request.user).select_related("organization", "follows")
    found: LearningSession = get_object_or_404(rows, pk=pk)
    return found
