"""The questionnaire of whoever holds a link: what it is for, then one principle at a time, on a phone in minutes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from foundation import tokens
from foundation.access import public
from foundation.handed_back import words_sent
from foundation.workflow import TransitionRefused
from practice.answering import saving
from practice.answering.forms import PrincipleForm
from practice.answering.link import respondent_of
from practice.answering.walking import Place, places_of
from practice.models import LearningSession, Respondent

Status = LearningSession.Status


def respondent_page(view: Callable[..., HttpResponse]) -> Any:
    """Hand `view` the respondent of a live link; a session that is closed has a page of its own, every other dead link the one of all."""

    @wraps(view)
    def wrapped(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        respondent = respondent_of(token)
        if respondent.session.status == Status.CLOSED:
            return _too_late(request)
        try:
            return view(request, respondent, token, **kwargs)
        except TransitionRefused as over:
            respondent.session.refresh_from_db(fields=["status"])
            if respondent.session.status == Status.CLOSED:  # while this was on its way
                return _too_late(request)
            raise tokens.TokenWithdrawn from over

    return public(tokens.token_page(wrapped))


@respondent_page
@require_GET
def respond(request: HttpRequest, respondent: Respondent, token: str) -> HttpResponse:
    """Who asks, why, who learns what, and where one goes on."""
    places = places_of(respondent)
    context = {"respondent": respondent, "session": respondent.session, "token": token, "places": places, "next": _next(places)}
    return render(request, "practice/answering/respond.html", context)


@respondent_page
@require_GET
def respond_principle(request: HttpRequest, respondent: Respondent, token: str, key: str) -> HttpResponse:
    """One principle."""
    return _page(request, respondent, token, key)


@respondent_page
@require_POST
def respond_save(request: HttpRequest, respondent: Respondent, token: str, key: str) -> HttpResponse:
    """Keep the answers, and go on to the next principle."""
    places = places_of(respondent)
    place = _place(places, key)
    form = _form(respondent, place, request.POST)
    if not form.is_valid():
        return _page(request, respondent, token, key, form=form)
    saving.save_principle(respondent, place.item, answers=form.answers(), weight=form.weight())
    after = place.number if "back" not in request.POST else place.number - 2
    if 0 <= after < len(places):
        return redirect("practice:respond-principle", token, places[after].item.key)
    return redirect(reverse("practice:respond", args=[token]) + ("#done" if after > 0 else ""))


@respondent_page
@require_POST
def respond_autosave(request: HttpRequest, respondent: Respondent, token: str, key: str) -> HttpResponse:
    """Keep the answers while one goes; says nothing but whether they are kept."""
    form = _form(respondent, _place(places_of(respondent), key), request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    saving.save_principle(respondent, _place(places_of(respondent), key).item, answers=form.answers(), weight=form.weight())
    return HttpResponse(status=204)


@respondent_page
@require_POST
def respond_finish(request: HttpRequest, respondent: Respondent, token: str) -> HttpResponse:
    """Say that one is done."""
    saving.finish(respondent)
    return redirect("practice:respond", token)


@respondent_page
@require_POST
def respond_decline(request: HttpRequest, respondent: Respondent, token: str) -> HttpResponse:
    """Say that one does not answer."""
    saving.decline(respondent)
    return redirect("practice:respond-declined")


@public  # a thank you that says nothing of what it is for
@require_GET
def respond_declined(request: HttpRequest) -> HttpResponse:
    """Where whoever declined ends up."""
    return render(request, "practice/answering/declined.html")


def _too_late(request: HttpRequest) -> HttpResponse:
    return render(request, "practice/answering/closed.html", {"unsaved": words_sent(request)}, status=410)


def _page(request: HttpRequest, respondent: Respondent, token: str, key: str, form: PrincipleForm | None = None) -> HttpResponse:
    places = places_of(respondent)
    place = _place(places, key)
    context = {
        "respondent": respondent,
        "session": respondent.session,
        "token": token,
        "place": place,
        "module": place.module,
        "principle": place.principle,
        "form": form or _form(respondent, place),
        "number": place.number,
        "count": len(places),
        "before": places[place.number - 2] if place.number > 1 else None,
        "is_last": place.number == len(places),
    }
    return render(request, "practice/answering/respond_principle.html", context, status=422 if form else 200)


def _form(respondent: Respondent, place: Place, data: Any = None) -> PrincipleForm:
    given, weights = saving.given_by(respondent)
    asks = respondent.session.instrument_edition.content
    return PrincipleForm(asks, place.principle, data, given=given, weight=weights.get(place.item.key))


def _place(places: list[Place], key: str) -> Place:
    found = next((place for place in places if place.item.key == key), None)
    if found is None:
        raise Http404("no such principle")
    return found


def _next(places: list[Place]) -> Place | None:
    """Where one goes on: the first principle of which something is open."""
    return next((place for place in places if place.answered < place.asked), None)
