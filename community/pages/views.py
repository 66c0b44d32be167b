"""Pages of the site for those who are here."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from foundation.desk import cards_for, groups_of, set_aside

if TYPE_CHECKING:
    from ambassadors.models import User


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What the reader owes, what they are offered, what is new."""
    groups = groups_of(cards_for(request.user))
    main, side = ([group for group in groups if (group.name == "new") == is_side] for is_side in (False, True))
    return render(request, "community/desk.html", {"main": main, "side": side})


@require_POST
def desk_card_set_aside(request: HttpRequest) -> HttpResponse:
    """Keep one card away from the reader's desk for a while; a card that lies there no more needs nothing."""
    set_aside(cast("User", request.user), request.POST.get("card", ""))
    return redirect("community:desk")
