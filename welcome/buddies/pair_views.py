"""Who one's buddy is, whom one welcomes, and the presses that let somebody else go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ambassadors.rules import is_support
from foundation.workflow import TransitionRefused
from welcome.buddies import crib, pairs, taking_over
from welcome.models import Buddy, BuddyMatch

if TYPE_CHECKING:
    from ambassadors.models import User


@require_GET
def buddy_list(request: HttpRequest) -> HttpResponse:
    """One's own buddy, and the newcomers whom one welcomes."""
    reader = cast("User", request.user)
    context = {
        "own": pairs.own_buddy(reader),
        "is_waiting": pairs.is_waiting(reader),
        "newcomers": pairs.newcomers_of(reader),
        "is_buddy": Buddy.objects.visible_to(reader).filter(person=reader, is_offering=True).exists(),
    }
    return render(request, "welcome/buddy_list.html", context)


@require_GET
def buddy_crib(request: HttpRequest) -> HttpResponse:
    """What usually helps whoever welcomes somebody."""
    return render(request, "welcome/buddy_crib.html", {"points": crib.points()})


@require_POST
def match_another(request: HttpRequest, pk: int) -> HttpResponse:
    """The newcomer would rather have somebody else."""
    reader = cast("User", request.user)
    match = get_object_or_404(BuddyMatch.objects.visible_to(reader).filter(newcomer=reader), pk=pk)
    try:
        taking_over.ask_for_another(match, by=reader)
    except TransitionRefused:
        messages.info(request, _("That was noted before: somebody else will write to you."))
    else:
        messages.success(request, _("Noted: somebody else will write to you. Nobody is told that you asked."))
    return redirect("welcome:buddy-list")


@require_POST
def match_cannot(request: HttpRequest, pk: int) -> HttpResponse:
    """The buddy cannot right now."""
    reader = cast("User", request.user)
    match = get_object_or_404(BuddyMatch.objects.visible_to(reader).filter(buddy__person=reader), pk=pk)
    try:
        taking_over.say_cannot(match, by=reader)
    except TransitionRefused:
        messages.info(request, _("Somebody else has taken over already."))
    else:
        messages.success(request, _("Noted: somebody else will go on. Thank you for saying so."))
    return redirect("welcome:buddy-list")


@require_GET
def quiet_list(request: HttpRequest) -> HttpResponse:
    """For the team: newcomers whose buddy was reminded in vain, and who could take over."""
    reader = _of_the_team(request)
    return render(request, "welcome/quiet_list.html", {"rows": pairs.quiet(reader)})


@require_POST
def match_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the one who suits best take over."""
    reader = _of_the_team(request)
    match = get_object_or_404(BuddyMatch.objects.visible_to(reader), pk=pk)
    try:
        found = taking_over.replace_quiet(match, by=reader)
    except TransitionRefused:
        messages.info(request, _("The buddy has written by now, or somebody else has taken over."))
    else:
        if found is None or found.buddy is None:
            messages.warning(request, _("The buddy is thanked. Nobody else suits today: the newcomer waits on the board."))
        else:
            messages.success(request, _("%(buddy)s takes over. Their words leave at the next good hour.") % {"buddy": found.buddy})
    return redirect("welcome:quiet-list")


def _of_the_team(request: HttpRequest) -> User:
    reader = cast("User", request.user)
    if not is_support(reader):
        raise PermissionDenied
    return reader
