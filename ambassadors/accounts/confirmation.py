"""Saying again who one is, before something sensitive: password, second factor, or, for accounts with neither, a code by mail."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def recently_confirmed(request: HttpRequest) -> bool:
    """Whether the person showed in the last minutes that it is they who sit there.

    An account with neither password nor second factor has only its mail: there, the code that it signed in with counts.
    """
    if not request.user.is_authenticated:
        return False
    if get_reauthentication_flows(request.user):
        return bool(did_recently_reauthenticate(request))
    records = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < app_settings.REAUTHENTICATION_TIMEOUT for record in records)


def confirmation_required(view: View, *, methods: tuple[str, ...] = ("GET", "POST")) -> View:
    """Ask who one is before the view, for these methods; afterwards the person is back where they were going.

    For sensitive acts: addresses, password, second factor, sessions, exports, roles.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and request.method in methods and not recently_confirmed(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return wrapped
