"""The pages about one's own account which allauth does not have."""

from __future__ import annotations

import secrets
import time

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.core import ratelimit
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ambassadors.accounts import workflow
from ambassadors.accounts.forms import IdentityConfirmForm
from ambassadors.accounts.limits import seconds_to_wait
from ambassadors.models import Erasure, User
from foundation.access import signed_in
from foundation.settings_home import groups_for

IDENTITY_CODE = "identity_code"


def me(request: HttpRequest) -> User:
    """The signed-in person of a view which is not for visitors."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@signed_in
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Everything about oneself, on one calm page."""
    person = me(request)
    planned = Erasure.objects.visible_to(person).planned().filter(person=person).first()
    return render(request, "settings/home.html", {"groups": groups_for(person), "planned": planned})


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def identity_confirm(request: HttpRequest) -> HttpResponse:
    """Confirm by a mailed code who one is: for accounts that have neither a password nor a second factor."""
    state = request.session.get(IDENTITY_CODE) or {}
    form = IdentityConfirmForm(request.POST if "code" in request.POST else None, nonce=state.get("nonce", ""))
    if form.is_bound and _may_guess(request, state) and form.is_valid():
        del request.session[IDENTITY_CODE]
        record_authentication(request, me(request), method="code", reauthenticated=True)
        return resume_request(request) or redirect("settings:home")
    context = {"form": form, "sent": bool(state), "next": request.GET.get("next", "")}
    return render(request, "account/identity_confirm.html", context)


def _may_guess(request: HttpRequest, state: dict[str, float]) -> bool:
    """Count one attempt; the code lapses with its last one, or when its time is over."""
    state["attempts"] = state.get("attempts", 0) + 1
    alive = state["attempts"] <= app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS and time.time() < state.get("until", 0)
    request.session[IDENTITY_CODE] = state if alive else None
    return alive


@signed_in
@require_POST
def identity_code_send(request: HttpRequest) -> HttpResponse:
    """Mail the code for `identity_confirm` to the main address."""
    if not ratelimit.consume(request, action="request_login_code", key=me(request).email):
        return too_many_requests(request)
    nonce = secrets.token_hex(16)
    get_adapter().post_code(IDENTITY_CODE, me(request), me(request).email, nonce)
    request.session[IDENTITY_CODE] = {"nonce": nonce, "attempts": 0, "until": time.time() + settings.CODES_LAST}
    return redirect(f"{reverse('accounts:identity-confirm')}?{urlencode({'next': request.POST.get('next', '')})}")


@signed_in
@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one other device out."""
    session = get_object_or_404(UserSession, user=me(request), pk=pk)
    workflow.end_session(session, by=me(request))
    return redirect("usersessions_list")


@signed_in
@require_POST
def session_end_everywhere(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere, here too."""
    workflow.end_sessions(me(request), by=me(request))
    logout(request)
    messages.info(request, _("You are signed out everywhere."))
    return redirect("community:home")


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Say that it was too much for now, and when to come back."""
    seconds = seconds_to_wait(request)
    response = render(request, "429.html", {"minutes": -(-seconds // 60)}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
