"""Pages for whoever pauses, leaves, or would like to come back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ambassadors import workflow
from ambassadors.accounts.views import me
from ambassadors.models import Ambassador, ReturnRequest
from ambassadors.owndata import leaving
from ambassadors.owndata.forms import LeaveForm, PauseForm, ReturnForm, initial_of_leaving
from foundation.access import signed_in
from foundation.workflow import TransitionRefused


def own_ambassador(request: HttpRequest) -> Ambassador | None:
    """The profile of the person who asks, if they have one."""
    found: Ambassador | None = Ambassador.objects.visible_to(request.user).filter(user=me(request)).select_related("user").first()
    return found


@signed_in
@never_cache
@require_GET
def leaving_detail(request: HttpRequest) -> HttpResponse:
    """Where one stands, and each way on from there: pause, leave, erase, come back."""
    return _page(request)


def _page(request: HttpRequest, **forms: Any) -> HttpResponse:
    person, ambassador = me(request), own_ambassador(request)
    context = {
        "own": ambassador,
        "pause_form": PauseForm(),
        "leave_form": LeaveForm(initial=initial_of_leaving(ambassador)) if ambassador else None,
        "return_form": ReturnForm(),
        "wish": ReturnRequest.objects.visible_to(person).open().filter(person=person).first(),
    }
    return render(request, "owndata/leaving_detail.html", context | forms)


@signed_in
@require_POST
def pause_start(request: HttpRequest) -> HttpResponse:
    """Pause, perhaps until a day."""
    form = PauseForm(request.POST)
    if not form.is_valid():
        return _page(request, pause_form=form)
    return _done(request, lambda own: workflow.pause(own, by=me(request), until=form.cleaned_data["until"]), _("Take your time."))


@signed_in
@require_POST
def pause_end(request: HttpRequest) -> HttpResponse:
    """Come back from a pause."""
    return _done(request, lambda own: workflow.resume(own, by=me(request)), _("Good to have you back."))


@signed_in
@require_POST
def membership_leave(request: HttpRequest) -> HttpResponse:
    """Leave as an alumnus."""
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return _page(request, leave_form=form)
    chosen = {"listed_for": form.cleaned_data["listed_for"], "is_credited": form.cleaned_data["credit"] == "name"}
    return _done(request, lambda own: leaving.leave(own, by=me(request), **chosen), "")


@signed_in
@require_POST
def return_ask(request: HttpRequest) -> HttpResponse:
    """Tell the support team that one would like to come back."""
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, return_form=form)
    said = _("The support team knows. Somebody writes to you.")
    return _done(request, lambda own: leaving.ask_to_return(me(request), form.cleaned_data["words"]), said)


@signed_in
@require_POST
def return_withdraw(request: HttpRequest) -> HttpResponse:
    """Take the wish to come back, back."""
    person = me(request)
    wish = get_object_or_404(ReturnRequest.objects.visible_to(person).open(), person=person)
    return _done(request, lambda own: leaving.withdraw_wish(wish, by=person), _("Taken back."))


def _done(request: HttpRequest, act: Any, said: str) -> HttpResponse:
    """Do it, and say what came of it; whoever is no ambassador has nothing here to do."""
    own = get_object_or_404(Ambassador.objects.visible_to(request.user), user=me(request))
    try:
        act(own)
    except TransitionRefused:
        return _refused(request, _("You stand elsewhere by now: this page shows where."))
    except ValidationError as refused:
        return _refused(request, refused.messages[0])
    if said:
        messages.success(request, said)
    return redirect("owndata:leaving-detail")


def _refused(request: HttpRequest, sentence: str) -> HttpResponse:
    """The page as things stand, with the reason above it."""
    messages.error(request, sentence)
    response = _page(request)
    response.status_code = 409
    return response
