"""Two nominations of one person: said by a vetting lead, from the panel beside the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.models import NominationMatch
from ambassadors.nominations import workflow
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User


@require_POST
def double_join(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is the same person."""
    match = _match(request, pk)
    try:
        workflow.join(match, by=cast("User", request.user))
    except TransitionRefused:
        messages.warning(request, _("A colleague has said so already, or one of the two has ended."))
    else:
        messages.success(request, _("Noted: the same person."))
    return _back(request)


@require_POST
def double_tell_apart(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that these are two people."""
    match = _match(request, pk)
    try:
        workflow.tell_apart(match, by=cast("User", request.user))
    except TransitionRefused:
        messages.warning(request, _("A colleague has said so already."))
    else:
        messages.success(request, _("Noted: two people."))
    return _back(request)


def _match(request: HttpRequest, pk: int) -> NominationMatch:
    rows = NominationMatch.objects.visible_to(request.user).select_related("nomination", "other", "person")
    found: NominationMatch = get_object_or_404(rows, pk=pk)
    return found


def _back(request: HttpRequest) -> HttpResponse:
    """To the page whose button was pressed."""
    where = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(where, {request.get_host()}, require_https=request.is_secure())
    return redirect(where if ours else reverse("admin:index"))
