"""One's own list of what one shared: logging, looking at drafts, taking back, and all of it as a file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ambassadors.models import OutreachEntry
from ambassadors.outreach import entries, exporting, rules
from ambassadors.outreach.forms import EntryForm
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User
    from ambassadors.outreach.querysets import OutreachEntryQuerySet

A_PAGE = 20


def _own(request: HttpRequest) -> OutreachEntryQuerySet:
    """One's own entries; whoever is no ambassador has none, and no page for them."""
    if not rules.is_ambassador(cast("User", request.user)):
        raise PermissionDenied(_("Outreach is logged by ambassadors. The support team reads the totals in the admin."))
    found: OutreachEntryQuerySet = OutreachEntry.objects.visible_to(request.user).filter(person=request.user.pk)
    return found


@require_GET
def outreach_list(request: HttpRequest) -> HttpResponse:
    """What one shared, the newest first, with drafts above it. Nobody but the support team reads it, and nobody is compared."""
    own = _own(request)
    rows = own.logged().newest_first().select_related("network", "slot")
    place = _place(request.GET.get("after", ""))
    found = list((rows.after(*place) if place else rows)[: A_PAGE + 1])
    shown = found[:A_PAGE]
    context = {"entries": shown, "next_query": f"after={shown[-1].on}~{shown[-1].pk}" if len(found) > A_PAGE else ""}
    drafts = [] if place else list(own.drafts().select_related("network").order_by("-pk")[:A_PAGE])
    return render(request, "ambassadors/outreach/outreach_list.html", context | {"drafts": drafts, "is_first": not place})


def _place(after: str) -> tuple[date, int] | None:
    """Where the last page ended; whatever is no place means the beginning."""
    day, _tilde, pk = after.partition("~")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    try:
        return date.fromisoformat(day), int(pk)
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
def outreach_create(request: HttpRequest) -> HttpResponse:
    """Log one thing that one shared."""
    _own(request)
    reader = cast("User", request.user)
    form = EntryForm(request.POST or None, reader=reader)
    if request.method == "POST" and form.is_valid():
        entries.log(reader, **form.values())
        messages.success(request, _("Logged. Thank you for passing it on."))
        return redirect("ambassadors:outreach-list")
    return render(request, "ambassadors/outreach/outreach_create.html", {"form": form})


@require_http_methods(["GET", "POST"])
def outreach_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry of one's own: a draft is logged as it then stands, what was logged is corrected."""
    entry = get_object_or_404(_kept(request), pk=pk)
    form = EntryForm(request.POST or None, instance=entry, reader=cast("User", request.user))
    if request.method == "POST" and form.is_valid():
        return _saved(request, entry, form.values())
    return render(request, "ambassadors/outreach/outreach_edit.html", {"entry": entry, "form": form})


def _kept(request: HttpRequest) -> QuerySet[Any]:
    return _own(request).exclude(status=OutreachEntry.Status.REMOVED).select_related("slot")


def _saved(request: HttpRequest, entry: OutreachEntry, said: dict[str, Any]) -> HttpResponse:
    person = cast("User", request.user)
    try:
        entries.change(entry, by=person, **said)
        if entry.status == OutreachEntry.Status.DRAFT:
            entries.confirm(entry, by=person)
    except TransitionRefused:
        messages.warning(request, _("It was logged or taken back in the meantime."))
    else:
        messages.success(request, _("Saved. Thank you for passing it on."))
    return redirect("ambassadors:outreach-list")


@require_POST
def outreach_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Log a draft as it stands."""
    entry = get_object_or_404(_kept(request), pk=pk)
    try:
        entries.confirm(entry, by=cast("User", request.user))
    except ValidationError as lacking:
        messages.warning(request, lacking.messages[0])
        return redirect("ambassadors:outreach-edit", pk)
    except TransitionRefused:
        messages.info(request, _("It is logged already."))
    else:
        messages.success(request, _("Logged. Thank you for passing it on."))
    return redirect("ambassadors:outreach-list")


@require_POST
def outreach_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away, or take back what was logged."""
    entry = get_object_or_404(_kept(request), pk=pk)
    entries.remove(entry, by=cast("User", request.user))
    messages.success(request, _("Taken back: nothing of it is kept."))
    return redirect("ambassadors:outreach-list")


@require_GET
def outreach_export(request: HttpRequest) -> HttpResponse:
    """One's own list as a file for a spreadsheet."""
    rows = _own(request).logged().newest_first().select_related("network")
    return exporting.as_csv(rows.iterator(chunk_size=500), name="outreach.csv")
