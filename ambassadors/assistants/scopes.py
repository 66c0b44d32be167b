"""What an assistant reaches: every address is named here with what the seat must allow, and whatever is not named is closed.

An assistant is nobody's member. They sign in as themselves, and the door of the house lets them nowhere; the few pages below are made for
them, read through what their ambassador may read (`discussions.assisting.reading`), and know no other. Never in reach, whatever a seat
says: private messages, spaces that are not open to every ambassador, slates, nominations, vetting, reports, settings, archives.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from ambassadors.models import AssistantRules, AssistantSeat
from foundation.access import signed_in

if TYPE_CHECKING:
    from ambassadors.models import User


class Scope(StrEnum):
    """What a seat may allow beyond reading, which each allows."""

    READ = "read"
    PREPARE = "prepare"
    SPEAK = "speak"


# By the name of the address. The whole reach of an assistant's session stands here.
REACH: dict[str, Scope] = {
    "discussions:assisted-list": Scope.READ,
    "discussions:assisted-thread": Scope.READ,
    "discussions:assisted-prepare": Scope.PREPARE,
    "discussions:assisted-withdraw": Scope.PREPARE,
    "discussions:assisted-say": Scope.SPEAK,
    "ambassadors:seat-leave": Scope.READ,
}


def allows(seat: AssistantSeat, scope: Scope) -> bool:
    """Whether the seat lets its assistant do this. Speaking also asks whether the community has it."""
    if scope is Scope.PREPARE:
        return seat.may_prepare
    if scope is Scope.SPEAK:
        return seat.may_speak and AssistantRules.current().may_speak
    return True


def for_ambassador(view: Callable[..., HttpResponse]) -> Any:
    """Open a view to whoever holds the seat that its address names (`seat`), if that seat reaches it; hand on the seat itself.

    Asked anew at each request: a seat that was taken back a moment ago opens nothing. To everybody else the page does not exist.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, seat: int, **kwargs: Any) -> HttpResponse:
        name = request.resolver_match.view_name if request.resolver_match else ""
        scope, person = REACH.get(name), cast("User", request.user)
        rows = AssistantSeat.objects.open_to(person).select_related("ambassador__ambassador", "assistant")
        found = rows.filter(pk=seat).first() if scope else None
        if scope is None or found is None or not allows(found, scope):
            raise Http404
        response = view(request, found, **kwargs)
        add_never_cache_headers(response)
        return response

    return signed_in(wrapped)
