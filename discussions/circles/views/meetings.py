"""One meeting of a circle: its page, its file for a calendar, and moving it, calling it off, putting it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from discussions.circles import rules, timetable, workflow
from discussions.circles.forms import MeetingMoveForm, WordsForm
from discussions.circles.timetable import Meeting
from discussions.circles.views.circles import known_circle
from foundation.calendar import written
from foundation.calendar_views import as_file
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User


@require_GET
def meeting_detail(request: HttpRequest, slug: str, on: str) -> HttpResponse:
    """When one meeting is; for the circle's people also where, with a file for their calendar."""
    return _page(request, _found(request, slug, on))


@require_GET
def meeting_file(request: HttpRequest, slug: str, on: str) -> HttpResponse:
    """The meeting as a file for a calendar that follows no address."""
    meeting = _found(request, slug, on)
    entry = timetable.entry_of(meeting, is_inside=rules.is_inside(cast("User", request.user), meeting.circle))
    response = as_file(written(meeting.circle.space.name, [entry]), f"{meeting.circle.space.slug}-{meeting.on}.ics")
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@require_POST
def meeting_move(request: HttpRequest, slug: str, on: str) -> HttpResponse:
    """Let it take place at another time."""
    meeting = _found(request, slug, on)
    form = MeetingMoveForm(request.POST, meeting=meeting)
    if not form.is_valid():
        return _page(request, meeting, move_form=form)
    said = {"to": form.cleaned_data["to"], "words": form.cleaned_data["words"]}
    return _done(request, meeting, lambda by: workflow.move_meeting(meeting.circle, meeting.on, by=by, **said), move_form=form)


@require_POST
def meeting_call_off(request: HttpRequest, slug: str, on: str) -> HttpResponse:
    """Let it not take place."""
    meeting = _found(request, slug, on)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, meeting, words_form=form)
    words = form.cleaned_data["words"]
    return _done(request, meeting, lambda by: workflow.call_off_meeting(meeting.circle, meeting.on, by=by, words=words))


@require_POST
def meeting_restore(request: HttpRequest, slug: str, on: str) -> HttpResponse:
    """Let it take place as planned."""
    meeting = _found(request, slug, on)
    return _done(request, meeting, lambda by: workflow.restore_meeting(meeting.circle, meeting.on, by=by))


def _found(request: HttpRequest, slug: str, on: str) -> Meeting:
    circle, day = known_circle(request, slug), _day(on)
    meeting = timetable.meeting_of(circle, day) if day else None
    if meeting is None:
        raise Http404
    return meeting


def _day(on: str) -> date | None:
    try:
        return parse_date(on)
    except ValueError:
        return None


def _done(request: HttpRequest, meeting: Meeting, act: Callable[[User], Any], **forms: Any) -> HttpResponse:
    try:
        act(cast("User", request.user))
    except ValidationError as error:
        forms["move_form"].add_error(None, error)
        return _page(request, meeting, **forms)
    except TransitionRefused as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Saved. Calendars follow by themselves, and its people are told by mail."))
    return redirect(meeting.url)


def _page(request: HttpRequest, meeting: Meeting, **forms: Any) -> HttpResponse:
    reader = cast("User", request.user)
    is_to_come = max(meeting.planned, meeting.starts) > timezone.now() and not meeting.circle.space.has_ended
    context: dict[str, Any] = {
        "meeting": meeting,
        "circle": meeting.circle,
        "space": meeting.circle.space,
        "is_inside": rules.is_inside(reader, meeting.circle),
        "runs": is_to_come and rules.runs(reader, meeting.circle),
        "zone": str(meeting.starts.tzinfo).replace("_", " "),
    }
    if context["runs"]:
        context |= {"move_form": MeetingMoveForm(meeting=meeting), "words_form": WordsForm(prefix="")} | forms
    return render(request, "discussions/circles/meeting_detail.html", context)
