"""When a limit lets somebody through again. The limits themselves are allauth's, in the cache that all processes share."""

from __future__ import annotations

import time

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import Rate
from django.core.cache import cache
from django.http import HttpRequest

# The page's URL name: what it counts, and the field of its form which names the account.
COUNTED = {
    "account_login": (("login", "login_failed", "failures_everywhere"), "login"),
    "account_request_login_code": (("request_login_code", "codes_everywhere"), "email"),
    "account_reset_password": (("reset_password", "codes_everywhere"), "email"),
    "account_email": (("manage_email", "confirm_email"), "email"),
    "account_change_password": (("change_password",), ""),
    "account_set_password": (("change_password",), ""),
    "account_complete_password_reset": (("reset_password_from_key",), ""),
    "account_reauthenticate": (("reauthenticate", "login_failed", "failures_everywhere"), ""),
    "accounts:identity-code-send": (("request_login_code",), ""),
}
AT_MOST = 300


def seconds_to_wait(request: HttpRequest) -> int:
    """Return how long until the limit that this request ran into has room again; five minutes where that is not known."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    actions, field = COUNTED.get(name, ((), ""))
    key = request.POST.get(field, "").lower() if field else getattr(request.user, "email", "")
    waits = [_wait(request, action, rate, key) for action in actions for rate in _rates(action)]
    return max([seconds for seconds in waits if seconds], default=AT_MOST)


def _rates(action: str) -> list[Rate]:
    return [rate for rate in ratelimit.get_rates(app="allauth.account", action=action) if rate.per != "user"]


def _wait(request: HttpRequest, action: str, rate: Rate, key: str) -> int:
    key = "everywhere" if action.endswith("_everywhere") else key
    history = cache.get(ratelimit.get_cache_key(request, app="allauth.account", action=action, rate=rate, key=key), [])
    return int(history[-1] + rate.duration - time.time()) + 1 if len(history) >= rate.amount else 0
