"""What somebody may decide about the mail they get."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from correspondence import addresses, preferences
from foundation.access import public


@public
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Switch one kind of mail off for one recipient (RFC 8058): a GET shows the button, a POST presses it.

    The mail program that posts here has no session and no form of ours, so the token alone decides; it opens nothing else.
    The answer to a POST is the page itself, for whoever posts may not follow redirects.
    """
    mail = addresses.mail_of(token, addresses.UNSUBSCRIBE)
    if mail is None or not preferences.can_be_switched_off(mail):
        raise Http404
    if request.method == "POST":
        preferences.unsubscribe(mail)
    response = render(
        request, "correspondence/unsubscribe.html", {"kind": preferences.kind_of(mail), "done": request.method == "POST"}
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
