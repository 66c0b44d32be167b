"""Who the people of the demo are, to whoever reads their mail and writes as them; and the door before all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from community.dev import maildir

MOST_NAMED = 300


def only_in_the_demo(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 on every real installation."""

    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, **kwargs)

    return wrapped


def names_of(addresses: Iterable[str]) -> dict[str, str]:
    """Return the names of the people whose addresses these are."""
    rows = EmailAddress.objects.filter(email__in=set(addresses)).select_related("user")
    return {row.email.lower(): row.user.name for row in rows}


def may_write_as(address: str) -> dict[str, str]:
    """Return whom one may write as, each address with its name: the addresses of whoever has this one, or everybody's.

    Everybody are those whose mail lies here, and members besides, up to some hundreds; where no mail is kept, nobody.
    """
    if not address:
        return _everybody() if maildir.folder() is not None else {}
    rows = EmailAddress.objects.filter(user__emailaddress__email__iexact=address, verified=True).select_related("user")
    own = {row.email.lower(): row.user.name for row in rows.order_by("-primary", "email")}
    return own or {address: ""}


def addresses_beside(address: str) -> set[str]:
    """Return all addresses at which the person reads mail who has this one."""
    return {address.lower(), *may_write_as(address)} if address else set()


def _everybody() -> dict[str, str]:
    members = EmailAddress.objects.filter(verified=True, user__is_active=True).select_related("user").order_by("user__name")
    return {row.email.lower(): row.user.name for row in members[:MOST_NAMED]}
