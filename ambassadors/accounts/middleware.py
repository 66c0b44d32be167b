"""Staff go no further than setting up their second factor until they have one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

# What is needed to set it up, to confirm who one is on the way, and to leave.
OPEN_BEFORE = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "accounts:identity-confirm",
    "account_logout",
}


def has_second_factor(user: Any) -> bool:
    """Whether an authenticator app or a passkey guards the account; recovery codes alone do not count."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=kinds).exists())


def second_factor_is_due(user: Any) -> bool:
    """Whether this person must set up a second factor before anything else."""
    return settings.SECOND_FACTOR_FOR_STAFF and user.is_authenticated and user.is_staff and not has_second_factor(user)


class SecondFactorMiddleware:
    """Send staff without a second factor to the page where they set it up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OPEN_BEFORE or not second_factor_is_due(request.user):
            return None
        return HttpResponseRedirect(reverse("mfa_index"))
