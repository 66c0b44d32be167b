"""What somebody may decide about the mail they get."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from correspondence import addresses, preferences
from correspondence.forms import PreferenceForm
from foundation.access import public, signed_in
from foundation.models import Community
from foundation.tokens import TokenUnknown, token_page

if TYPE_CHECKING:
    from ambassadors.models import User


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@token_page
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Switch one kind of mail off for one recipient (RFC 8058): a GET shows the button, a POST presses it.

    The mail program that posts here has no session and no form of ours, so the token alone decides; it opens nothing else.
    The answer to a POST is the page itself, for whoever posts may not follow redirects.
    """
    mail = addresses.mail_of(token, addresses.UNSUBSCRIBE)
    if mail is None or not preferences.can_be_switched_off(mail):
        raise TokenUnknown
    if request.method == "POST":
        preferences.unsubscribe(mail)
    context = {"kind": preferences.kind_of(mail), "done": request.method == "POST"}
    return render(request, "correspondence/unsubscribe.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def preference_edit(request: HttpRequest) -> HttpResponse:
    """One's own mail: a switch for each kind that may be switched off."""
    form = PreferenceForm(request.POST if request.method == "POST" else None, person=cast("User", request.user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. The mail you get follows this from now on."))
        return redirect("correspondence:preference-edit")
    context = {"form": form, "limit": Community.current().mails_a_day}
    return render(request, "correspondence/preference_edit.html", context)
