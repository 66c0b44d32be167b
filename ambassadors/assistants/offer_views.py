"""The page of an offered seat. Its link shows as often as one likes; only a POST changes anything, and only the code opens the seat."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ambassadors.assistants import taking, workflow
from ambassadors.assistants.forms import SeatTakeForm
from ambassadors.assistants.workflow import SEAT_LINK
from ambassadors.nominations.doubles import same_address
from foundation import tokens
from foundation.access import public
from foundation.models import Token
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User


def seat_page(view: Callable[..., HttpResponse]) -> Any:
    """Hand `view` the live token; for every other one there is one page, and one for whoever is signed in as somebody else."""

    @wraps(view)
    def wrapped(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        live = tokens.find(SEAT_LINK, token)
        owner = same_address(live.address)
        if request.user.is_authenticated and (owner is None or owner.pk != request.user.pk):
            return render(request, "ambassadors/assistants/somebody_else.html", status=403)
        try:
            return view(request, live, token, **kwargs)
        except TransitionRefused as moved:  # it was taken or taken back a moment ago
            raise tokens.TokenWithdrawn from moved

    return public(tokens.token_page(wrapped))


@seat_page
@require_GET
def seat_offer(request: HttpRequest, live: Token, token: str) -> HttpResponse:
    """Who offers what, what it asks, and yes or no."""
    return render(request, "ambassadors/assistants/seat_offer.html", {"seat": workflow.subject_of(live), "token": token})


@seat_page
@require_POST
def seat_accept(request: HttpRequest, live: Token, token: str) -> HttpResponse:
    """Have a code mailed; a second time, another one."""
    try:
        if not taking.send_code(live):
            messages.error(request, _("This was the last code for this link. Ask for the offer to be made anew."))
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect("ambassadors:seat-offer", token)
    return redirect("ambassadors:seat-code", token)


@seat_page
@require_GET
def seat_code(request: HttpRequest, live: Token, token: str) -> HttpResponse:
    """The field for the code."""
    if not workflow.subject_of(live).codes_sent:
        return redirect("ambassadors:seat-offer", token)
    return _code_page(request, token, SeatTakeForm())


def _code_page(request: HttpRequest, token: str, form: SeatTakeForm, status: int = 200) -> HttpResponse:
    return render(request, "ambassadors/assistants/seat_code.html", {"token": token, "form": form}, status=status)


@seat_page
@require_POST
def seat_take(request: HttpRequest, live: Token, token: str) -> HttpResponse:
    """Type in the code: the seat is taken, and its assistant signed in."""
    form = SeatTakeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, token, form, status=422)
    try:
        person = taking.take(live, form.cleaned_data["code"])
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect("ambassadors:seat-offer", token)
    if person is None:
        form.add_error("code", _("This is not the newest code, or it was tried too often. You can have a new one sent."))
        return _code_page(request, token, form, status=422)
    return _sign_in(request, live, person)


def _sign_in(request: HttpRequest, live: Token, person: User) -> HttpResponse:
    messages.success(request, _("The seat is yours."))
    home = reverse("ambassadors:seat-list")
    if request.user.is_authenticated:
        return redirect(home)
    record_authentication(request, person, method="code", email=live.address)
    response: HttpResponse = perform_login(request, Login(user=person, redirect_url=home, email=live.address))
    return response


@seat_page
@require_POST
def seat_decline(request: HttpRequest, live: Token, token: str) -> HttpResponse:
    """Say no."""
    workflow.decline(live)
    return redirect("ambassadors:seat-declined")


@public
@require_GET
def seat_declined(request: HttpRequest) -> HttpResponse:
    """Thanks to somebody who said no."""
    return render(request, "ambassadors/assistants/seat_declined.html")
