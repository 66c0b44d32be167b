"""The pages on which an organisation begins."""

from __future__ import annotations

from typing import cast

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ambassadors.models import User
from correspondence.addresses import team_address
from foundation.access import public
from practice.models import Instrument, LearningSession, PracticeStart
from practice.starting import workflow
from practice.starting.forms import CodeForm, OrganizationForm, StartForm
from products.pages.finding import VISITOR

RATE = "3/m/ip,20/h/ip"
HELD = "practice_start"  # in the session of the browser: which beginning waits for its code


@public
@require_http_methods(["GET", "POST"])
def practice_start(request: HttpRequest, key: str) -> HttpResponse:
    """Say for which organisation; whoever is not signed in gets a code by mail."""
    instrument = get_object_or_404(Instrument.objects.visible_to(VISITOR).released().select_related("product__current"), key=key)
    is_known = request.user.is_authenticated
    form = (OrganizationForm if is_known else StartForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if is_known:
            person = cast("User", request.user)
            return _opened(workflow.begin_organization(form.cleaned_data["organization"], instrument, by=person))
        if answer := _asked(request, instrument, cast("StartForm", form)):
            return answer
    status = 422 if form.is_bound else 200
    return render(request, "practice/starting/start.html", {"instrument": instrument, "form": form}, status=status)


@public
@require_http_methods(["GET", "POST"])
def practice_start_code(request: HttpRequest) -> HttpResponse:
    """The field for the code; with the right one the organisation is there, and its administrator signed in."""
    start = _held(request)
    if start is None:
        return redirect("community:practice")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            session = workflow.begin(start, form.cleaned_data["code"])
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            if session is not None:
                return _sign_in(request, session, start.address)
            form.add_error("code", _("This is not the newest code, or it was tried too often. You can have a new one sent."))
    status = 422 if form.is_bound else 200
    return render(request, "practice/starting/code.html", {"form": form, "address": start.address}, status=status)


@public
@require_POST
def practice_start_again(request: HttpRequest) -> HttpResponse:
    """Have another code sent."""
    start = _held(request)
    if start is None:
        return redirect("community:practice")
    form = CodeForm()
    if workflow.send_code(start):
        return redirect("practice:practice-start-code")
    form = CodeForm({"code": ""})
    form.errors.clear()
    form.add_error(None, _("This was the last code. Please begin again tomorrow, or write to %s.") % team_address())
    return render(request, "practice/starting/code.html", {"form": form, "address": start.address}, status=429)


def _asked(request: HttpRequest, instrument: Instrument, form: StartForm) -> HttpResponse | None:
    """Mail the code and lead on, or put on the form what keeps us from it."""
    said = {name: form.cleaned_data[name] for name in ("name", "address", "organization")}
    try:
        if not ratelimit.consume(request, app="practice", action="start", config={"start": RATE}):
            raise workflow.TooManyStarts
        start = workflow.ask(instrument, **said)
    except workflow.TooManyStarts:
        form.add_error(None, _("Many codes were asked for lately. Please try again in an hour, or write to %s.") % team_address())
        return None
    request.session[HELD] = start.pk
    return redirect("practice:practice-start-code")


def _held(request: HttpRequest) -> PracticeStart | None:
    held = request.session.get(HELD) or 0
    found: PracticeStart | None = PracticeStart.objects.filter(pk=held).first()  # unscoped: this browser asked for it
    return found


def _sign_in(request: HttpRequest, session: LearningSession, address: str) -> HttpResponse:
    request.session.pop(HELD, None)
    person = session.begun_by
    assert person is not None  # noqa: S101  they have just begun it
    url = reverse("practice:session-prepare", args=[session.pk])
    if request.user.is_authenticated:
        return redirect(url)
    record_authentication(request, person, method="code", email=address)
    response: HttpResponse = perform_login(request, Login(user=person, redirect_url=url, email=address))
    return response


def _opened(session: LearningSession) -> HttpResponse:
    return redirect("practice:session-prepare", session.pk)
