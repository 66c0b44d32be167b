"""One's calendar address: the feed that a calendar follows, and the page on which one has it, renews it and stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from foundation import calendar, tokens
from foundation.access import public
from foundation.models import Community, Token
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.models import User

SHOWN = 12


@public  # the token in its address says whose it is
@require_safe
@tokens.token_page
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What comes up for whoever holds this address, by what they may see at this moment."""
    person = tokens.find(calendar.FEED, token).person
    assert person is not None  # noqa: S101  the purpose has asked
    return as_file(calendar.written(Community.seen().name, calendar.entries_of(person)), "calendar.ics")


@never_cache
@require_GET
def own_calendar_detail(request: HttpRequest) -> HttpResponse:
    """One's own calendar address, if one has asked for it, and what stands in it now; no other site learns of the page."""
    person = cast("User", request.user)
    token = _own(person).first()
    url = _address(token) if token else ""
    context = {
        "url": url,
        "webcal": f"webcal://{url.partition('://')[2]}",
        "entries": _coming(person) if token else [],
    }
    response = render(request, "foundation/own_calendar_detail.html", context)
    # Its forms need their origin on this site, so it is not kept from that.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@require_POST
def own_calendar_make(request: HttpRequest) -> HttpResponse:
    """Have an address, or another one in its place."""
    person = cast("User", request.user)
    had_one = _own(person).exists()
    tokens.issue(calendar.FEED, person=person, by=person)
    record("took a calendar address", person, by=person, about=person)
    said = _("Here is the new one. The old address leads nowhere from now on.") if had_one else _("Here it is. It is yours alone.")
    messages.success(request, said)
    return redirect("foundation:own-calendar-detail")


@require_POST
def own_calendar_stop(request: HttpRequest) -> HttpResponse:
    """Have no address any more."""
    person = cast("User", request.user)
    for token in _own(person):
        tokens.withdraw(token, by=person)
    messages.success(request, _("Done. Calendars that followed it get nothing more."))
    return redirect("foundation:own-calendar-detail")


def as_file(content: bytes, name: str) -> HttpResponse:
    """A calendar file for a calendar program."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _coming(person: User) -> list[calendar.Entry]:
    """The next that stand in it; what is over stands there too, and is not told."""
    now = timezone.now()
    return [entry for entry in calendar.entries_of(person, now) if entry.ends > now][:SHOWN]


def _own(person: User) -> QuerySet[Token]:
    rows = Token.objects.filter(purpose=calendar.FEED.name, person=person, used_at=None, withdrawn_at=None)  # unscoped: one's own
    return rows.order_by("-pk")


def _address(token: Token) -> str:
    return settings.SITE_URL + reverse("foundation:calendar-feed", args=[tokens.text_of(token)])
