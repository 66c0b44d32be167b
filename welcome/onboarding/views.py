"""One's first weeks: a few small things, each of which can be skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from foundation.panels import panels_for
from foundation.workflow import TransitionRefused
from welcome.models import Onboarding
from welcome.onboarding import workflow
from welcome.onboarding.registry import steps
from welcome.onboarding.standing import OPEN, Standing, standing_of

if TYPE_CHECKING:
    from ambassadors.models import User


@require_GET
def first_weeks(request: HttpRequest) -> HttpResponse:
    """The steps, how far one is, and what else the house has for somebody who is new. Whoever never had any finds a calm page."""
    reader = cast("User", request.user)
    own = Onboarding.objects.visible_to(reader).filter(person=reader).first()
    context: dict[str, Any] = {"onboarding": own, "panels": panels_for(request, "first-weeks", reader)}
    if own is not None:
        context |= _shown(reader, own, standing_of(own))
    return render(request, "welcome/first_weeks.html", context)


def _shown(reader: User, own: Onboarding, standing: Standing) -> dict[str, Any]:
    """What the page takes. Where a step leads is asked only for those that are open."""
    lines = [
        {"step": line.step, "state": line.state, "url": line.step.url(reader) if line.state == OPEN else ""}
        for line in standing.lines
    ]
    numbers = {"settled": standing.settled, "all": len(lines)}
    text = ngettext("%(settled)s of %(all)s", "%(settled)s of %(all)s", len(lines)) % numbers
    minutes = sum(step.minutes for step in standing.left)
    may_resume = own.status != Onboarding.Status.OVER
    return {"lines": lines, "settled": standing.settled, "text": text, "minutes": minutes, "may_resume": may_resume}


@require_POST
def step_skip(request: HttpRequest, name: str) -> HttpResponse:
    """Put one step aside."""
    reader, own = _own(request, name)
    if workflow.skip(own, [name], by=reader):
        messages.success(request, _("All right. You can take it up again whenever you like."))
    return redirect("welcome:first-weeks")


@require_POST
def step_resume(request: HttpRequest, name: str) -> HttpResponse:
    """Take up one that was put aside."""
    reader, own = _own(request, name)
    try:
        workflow.resume(own, name, by=reader)
    except TransitionRefused:
        messages.info(request, _("That step is not among those that you skipped."))
    return redirect("welcome:first-weeks")


def _own(request: HttpRequest, name: str) -> tuple[User, Onboarding]:
    reader = cast("User", request.user)
    if name not in steps:
        raise Http404
    return reader, get_object_or_404(Onboarding.objects.visible_to(reader), person=reader)
