"""Pages for whoever leads a space."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from discussions import rules
from discussions.facilitating import spoken
from discussions.facilitating.forms import NudgeForm
from discussions.facilitating.nudging import may_nudge, nudge
from discussions.models import Thread
from discussions.morning import parts_for

if TYPE_CHECKING:
    from ambassadors.models import User


@require_GET
def morning_detail(request: HttpRequest) -> HttpResponse:
    """What may need a facilitator's hand today, over all the spaces that they lead."""
    parts = parts_for(cast("User", request.user))
    if not parts:
        raise PermissionDenied(_("This page is for people who lead a space."))
    return render(request, "discussions/facilitating/morning_detail.html", {"parts": parts})


@require_GET
def thread_spoken(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has spoken in a thread, and who could and has not: for whoever leads its space."""
    thread = _led_thread(request, pk)
    return _spoken_page(request, thread, NudgeForm(quiet=spoken.quiet(cast("User", request.user), thread)))


@require_POST
def thread_nudge(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask some of the quiet ones for their view, each by a mail of their own."""
    thread, reader = _led_thread(request, pk), cast("User", request.user)
    form = NudgeForm(request.POST, quiet=spoken.quiet(reader, thread))
    if not form.is_valid():
        return _spoken_page(request, thread, form)
    number = nudge(thread, by=reader, people=form.cleaned_data["people"], words=form.cleaned_data["words"])
    if number:
        messages.success(request, ngettext("Asked, by a private mail.", "Asked, each by a private mail.", number))
    else:
        messages.info(request, _("Nobody was asked: they have spoken, or were asked before."))
    return redirect("discussions:thread-spoken", pk=thread.pk)


def _led_thread(request: HttpRequest, pk: int) -> Thread:
    """404 for whoever does not see the thread, 403 for whoever reads it and does not lead its space."""
    thread: Thread = get_object_or_404(Thread.objects.visible_to(request.user).select_related("space"), pk=pk)
    reader = cast("User", request.user)
    if thread.space is not None:
        thread.space.known_roles = {reader.pk: frozenset(rules.roles_of(reader, thread.space))}
    if not rules.leads(reader, thread.space):
        raise PermissionDenied(_("This page is for people who lead the space."))
    return thread


def _spoken_page(request: HttpRequest, thread: Thread, form: NudgeForm) -> HttpResponse:
    reader = cast("User", request.user)
    asked = spoken.asked(reader, thread)
    people = list(spoken.quiet(reader, thread)[: spoken.MOST])
    context = {
        "thread": thread,
        "speakers": list(spoken.speakers(reader, thread)),
        "quiet": [person for person in people if person.pk not in asked],
        "asked": [(person, asked[person.pk]) for person in people if person.pk in asked],
        "form": form,
        "chosen": set(request.POST.getlist("people")),
        "may_nudge": may_nudge(reader, thread),
    }
    return render(request, "discussions/facilitating/thread_spoken.html", context)
