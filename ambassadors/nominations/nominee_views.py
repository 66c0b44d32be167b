"""The nominee's side: what is held about people who are put forward, and how they ask."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from ambassadors.models import AdmissionRules
from ambassadors.nominations import asking_back
from foundation import tokens
from foundation.access import public

LIMITS = (("20/h/ip", "nominee_request"), ("3/d/key", "nominee_request_address"))


class AddressForm(forms.Form):
    """The address somebody asks about."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


@public  # a nominee has no account
@require_GET
def nominee_privacy(request: HttpRequest) -> HttpResponse:
    """What is held about nominees, for how long, who reads it, and the form by which to ask."""
    return _page(request, AddressForm())


@public  # likewise: the same answer whatever the address
@require_POST
def nominee_request(request: HttpRequest) -> HttpResponse:
    """Mail a link to the address; what the page says does not depend on it."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    address = form.cleaned_data["email"]
    for rate, action in LIMITS:
        if not ratelimit.consume(request, app="ambassadors", action=action, key=address.lower(), config={action: rate}):
            form.add_error(None, _("That was asked often today. Please try again tomorrow, or write to us."))
            return _page(request, form, status=429)
    asking_back.ask(address)
    messages.success(
        request, _("We have written to that address. The mail holds a link; what we hold is sent there and nowhere else.")
    )
    return redirect("ambassadors:nominee-privacy")


@public  # the link in the mail opens this, and nothing else
@tokens.token_page
@require_GET
def nominee_answer(request: HttpRequest, token: str) -> HttpResponse:
    """A button: looking at the link sends nothing."""
    tokens.find(asking_back.REQUEST_LINK, token)
    return render(request, "ambassadors/nominations/nominee_answer.html", {"token": token})


@public  # likewise
@tokens.token_page
@require_POST
def nominee_answer_send(request: HttpRequest, token: str) -> HttpResponse:
    """Mail the answer to the address of the link."""
    asking_back.answer(tokens.find(asking_back.REQUEST_LINK, token))
    messages.success(request, _("The answer is on its way to you."))
    return redirect("ambassadors:nominee-privacy")


def _page(request: HttpRequest, form: AddressForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "months": AdmissionRules.current().months_kept}
    return render(request, "ambassadors/nominations/nominee_privacy.html", context, status=status)
