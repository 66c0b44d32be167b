"""What whoever runs a session takes along of it, and puts into an empty one."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from ambassadors.models import User
from foundation.access import signed_in
from foundation.workflow import TransitionRefused
from practice.files import workflow
from practice.files.answers import Asked
from practice.files.cells import xlsx_of
from practice.files.forms import AnswersForm
from practice.files.sending import sent, table_sent
from practice.files.tables import Table, tables_of
from practice.models import LearningSession
from practice.results.reading import results_of
from practice.results.secrecy import is_still_secret, since_of
from practice.voting.reading import outcome_of_round


@signed_in
@require_GET
def session_files(request: HttpRequest, pk: int) -> HttpResponse:
    """What there is to take along."""
    session = _session(request, pk)
    if is_still_secret(session):
        return redirect("practice:session-detail", session.pk)
    context = {
        "session": session,
        "modules": list(session.modules.all()),
        "has_priorities": outcome_of_round(session) is not None,
    }
    return render(request, "practice/files/session_files.html", context)


@signed_in
@require_GET
def session_table(request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """One table as CSV."""
    session = _session(request, pk)
    if is_still_secret(session):
        return redirect("practice:session-detail", session.pk)
    found = next((one for one in _tables(session) if one.name == table), None)
    if found is None:
        raise Http404("no such table")
    return table_sent(found, "csv", session.organization.name, f"round {session.number}", table)


@signed_in
@require_GET
def session_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """All tables as one spreadsheet."""
    session = _session(request, pk)
    if is_still_secret(session):
        return redirect("practice:session-detail", session.pk)
    return sent(xlsx_of(_tables(session)), "xlsx", session.organization.name, f"round {session.number}")


@signed_in
@require_http_methods(["GET", "POST"])
def session_put_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the answers of several people, from a file, into a round in which nobody is named yet."""
    session = _session(request, pk)
    if request.method == "GET" and not workflow.is_empty(session):
        return render(request, "practice/files/session_put_in.html", {"session": session, "form": None})
    form = AnswersForm(_asked(session), request.POST or None, request.FILES or None)
    if form.is_valid():
        collected = form.cleaned_data["file"]
        try:
            count = workflow.put_in(session, collected, by=cast("User", request.user))
        except ValidationError as refused:
            form.add_error("file", refused)
        except TransitionRefused:
            messages.warning(
                request, _("Answers go into a round that is open-handed, in preparation, and in which nobody is named.")
            )
            return redirect("practice:session-detail", session.pk)
        else:
            said = ngettext("The answers of %s person are in.", "The answers of %s people are in.", count) % count
            left = _("Left out, for it is not asked here: %s.") % ", ".join(collected.unmapped[:40])
            messages.success(request, f"{said} {left}" if collected.unmapped else said)
            return redirect("practice:session-results", session.pk)
    context = {"session": session, "form": form}
    return render(request, "practice/files/session_put_in.html", context, status=422 if form.is_bound else 200)


def _tables(session: LearningSession) -> list[Table]:
    return tables_of(results_of(session, since=since_of(session), has_words=True))


def _asked(session: LearningSession) -> Asked:
    asks = session.instrument_edition.content
    chosen = set(session.modules.values_list("key", flat=True))
    return Asked(asks, [module for module in asks.modules if module.key in chosen])


def _session(request: HttpRequest, pk: int) -> LearningSession:
    rows = LearningSession.objects.visible_to(request.user)
    found: LearningSession = get_object_or_404(
        rows.select_related("organization", "instrument_edition__edition", "follows__instrument_edition"), pk=pk
    )
    return found
