"""The pages of the talk about results, and the one to which a reminder leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ambassadors.models import User
from foundation import tokens
from foundation.access import public, signed_in
from foundation.handed_back import words_of
from foundation.workflow import TransitionRefused
from practice.models import Action, LearningSession, RoomNote
from practice.results.drawing import drawn
from practice.results.reading import results_of
from practice.results.secrecy import is_still_secret, since_of
from practice.results.telling import in_a_minute
from practice.talking import guide, workflow
from practice.talking.forms import ActionForm, EndForm, NoteForm
from practice.talking.link import action_of
from practice.talking.slides import slides_of
from practice.voting.reading import outcome_of, promised_from, vote_of

FEW = 5  # lines of a list in the guide


@signed_in
@require_GET
def session_guide(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever leads the talk: how it goes, what to talk about, and what was noted."""
    return _guide(request, _session(request, pk))


@signed_in
@require_GET
def session_present(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding on the screen of the room."""
    session = _session(request, pk)
    if is_still_secret(session):
        return redirect("practice:session-detail", session.pk)
    results = results_of(session, since=since_of(session))
    actions = list(Action.objects.visible_to(request.user).filter(session=session))
    vote = vote_of(request.user, session)
    outcome = outcome_of(vote) if vote else None
    slides = slides_of(results, actions, outcome.priorities if outcome else ())
    asked = request.GET.get("slide", "1")
    number = min(max(int(asked) if asked.isdecimal() and len(asked) < 4 else 1, 1), len(slides))
    context = {
        "session": session,
        "results": results,
        "slide": slides[number - 1],
        "number": number,
        "count": len(slides),
        "before": number - 1,
        "after": number + 1 if number < len(slides) else 0,
        "sentences": in_a_minute(results),
        "drawn": drawn(results),
    }
    return render(request, "practice/talking/session_present.html", context)


@signed_in
@require_POST
def note_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was said."""
    session = _session(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _guide(request, session, noting=form, status=422)
    workflow.note(session, form.cleaned_data["words"], by=_person(request))
    return redirect("practice:session-guide", session.pk)


@signed_in
@require_http_methods(["GET", "POST"])
def note_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Say it in other words."""
    kept = get_object_or_404(RoomNote.objects.visible_to(request.user).select_related("session"), pk=pk)
    form = NoteForm(request.POST or None, initial={"words": kept.words})
    if request.method == "POST" and form.is_valid():
        workflow.put_right(kept, form.cleaned_data["words"], by=_person(request))
        return redirect("practice:session-guide", kept.session_id)
    context = {"session": kept.session, "form": form, "title": _("Put a note right"), "back": "practice:session-guide"}
    return render(request, "practice/talking/put_right.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def note_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a note."""
    kept = get_object_or_404(RoomNote.objects.visible_to(request.user).select_related("session"), pk=pk)
    workflow.take_back(kept, by=_person(request))
    messages.success(request, _("The note is deleted."))
    return redirect("practice:session-guide", kept.session_id)


@signed_in
@require_GET
def action_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What was promised, in this round and before it."""
    return _actions(request, _session(request, pk))


@signed_in
@require_POST
def action_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Promise something."""
    session = _session(request, pk)
    form = ActionForm(session, request.POST)
    if not form.is_valid():
        return _actions(request, session, promising=form, status=422)
    try:
        workflow.promise(session, by=_person(request), **form.cleaned_data)
    except TransitionRefused:
        messages.warning(request, _("Actions come from results: close the round first."))
        return _actions(request, session, unsaved=words_of(form), status=422)
    messages.success(request, _("It is written down."))
    return redirect("practice:action-list", session.pk)


@signed_in
@require_http_methods(["GET", "POST"])
def action_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words, another owner, another day."""
    rows = Action.objects.visible_to(request.user).select_related("session__organization", "session__instrument_edition")
    action = get_object_or_404(rows, pk=pk)
    initial = {name: getattr(action, name) for name in ActionForm.Meta.fields}
    form = ActionForm(action.session, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.change(action, by=_person(request), **form.cleaned_data)
        except TransitionRefused:
            messages.info(request, _("This has ended already."))
            return _actions(request, action.session, unsaved=words_of(form), status=422)
        return redirect("practice:action-list", action.session_id)
    context = {"session": action.session, "form": form, "title": _("Put an action right"), "back": "practice:action-list"}
    return render(request, "practice/talking/put_right.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def action_done(request: HttpRequest, pk: int) -> HttpResponse:
    """It is done."""
    return _ended(request, pk)


@signed_in
@require_POST
def action_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """It will not be done."""
    return _ended(request, pk, is_dropped=True)


@public
@tokens.token_page
@require_GET
def action_link(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody promised, for the one who did."""
    return _linked(request, token)


@public
@tokens.token_page
@require_POST
def action_link_done(request: HttpRequest, token: str) -> HttpResponse:
    """Its owner says that it is done."""
    action = action_of(token)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _linked(request, token, form=form, status=422)
    try:
        workflow.end(action, by=None, came_of=form.cleaned_data["came_of"])
    except TransitionRefused:
        messages.info(request, _("This has ended already."))
        if unsaved := words_of(form):
            return _linked(request, token, unsaved=unsaved, status=422)
    return redirect("practice:action-link", token)


@public
@tokens.token_page
@require_POST
def action_link_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Its owner wants no more mail about it."""
    workflow.stop_reminders(action_of(token))
    return redirect("practice:action-link", token)


def _guide(request: HttpRequest, session: LearningSession, *, noting: NoteForm | None = None, status: int = 200) -> HttpResponse:
    if is_still_secret(session):
        return redirect("practice:session-detail", session.pk)
    results = results_of(session, since=since_of(session))
    vote = vote_of(request.user, session)
    asked = request.GET.get("minutes", "")
    length = int(asked) if asked in {str(one) for one in guide.LENGTHS} else guide.LENGTHS[1]
    disagreements = guide.disagreements(results)
    context = {
        "session": session,
        "results": results,
        "length": length,
        "lengths": guide.LENGTHS,
        "agenda": guide.agenda(results, length),
        "disagreements": disagreements,
        "apart": [one.result for one in disagreements],
        "wanting": results.wanting[:FEW],
        "moved": results.moved[:FEW],
        "promised": list(Action.objects.visible_to(request.user).promised_before(session).select_related("item", "session")),
        "notes": list(RoomNote.objects.visible_to(request.user).filter(session=session)),
        "noting": noting or NoteForm(),
        "vote": vote,
        "outcome": outcome_of(vote) if vote else None,
    }
    return render(request, "practice/talking/session_guide.html", context, status=status)


def _actions(
    request: HttpRequest,
    session: LearningSession,
    *,
    promising: ActionForm | None = None,
    unsaved: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    own = Action.objects.visible_to(request.user).select_related("item", "session")
    begun = promised_from(request.user, session, request.GET.get("priority", ""))
    context = {
        "session": session,
        "actions": list(own.filter(session=session)),
        "promised": list(own.promised_before(session)),
        "unsaved": unsaved,
        "promising": promising or (ActionForm(session, initial=begun) if session.status == LearningSession.Status.CLOSED else None),
    }
    return render(request, "practice/talking/action_list.html", context, status=status)


def _ended(request: HttpRequest, pk: int, *, is_dropped: bool = False) -> HttpResponse:
    action = get_object_or_404(Action.objects.visible_to(request.user).select_related("session"), pk=pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.warning(request, str(form.errors["came_of"][0]))
        return _actions(request, action.session, unsaved=words_of(form), status=422)
    try:
        workflow.end(action, by=_person(request), came_of=form.cleaned_data["came_of"], is_dropped=is_dropped)
    except TransitionRefused:
        messages.info(request, _("This has ended already."))
        if unsaved := words_of(form):
            return _actions(request, action.session, unsaved=unsaved, status=422)
    return redirect("practice:action-list", action.session_id)


def _linked(
    request: HttpRequest,
    token: str,
    *,
    form: EndForm | None = None,
    unsaved: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"action": action_of(token), "token": token, "form": form or EndForm(), "unsaved": unsaved}
    return render(request, "practice/talking/action_link.html", context, status=status)


def _session(request: HttpRequest, pk: int) -> LearningSession:
    rows = LearningSession.objects.visible_to(request.user)
    found: LearningSession = get_object_or_404(
        rows.select_related("organization", "instrument_edition__edition", "follows__instrument_edition"), pk=pk
    )
    return found


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)
