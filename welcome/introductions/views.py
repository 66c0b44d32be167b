"""Introductions: what one is asked, what one proposed, and the form for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ambassadors.models import Ambassador
from ambassadors.picking import written_for
from foundation.workflow import TransitionRefused
from welcome.introductions import said, shown, workflow
from welcome.introductions.forms import IntroductionForm
from welcome.introductions.rules import may_introduce
from welcome.models import IntroductionSide

if TYPE_CHECKING:
    from ambassadors.models import User


@require_GET
def introduction_list(request: HttpRequest) -> HttpResponse:
    """What the reader is asked, what was made, and what they proposed."""
    reader = cast("User", request.user)
    is_host = may_introduce(reader)
    context = {
        "asked": shown.asked_of(reader),
        "made": shown.made_for(reader),
        "is_host": is_host,
        "hosted": shown.hosted_by(reader),
    }
    return render(request, "welcome/introductions/introduction_list.html", context)


@require_http_methods(["GET", "POST"])
def introduction_start(request: HttpRequest) -> HttpResponse:
    """Name two people and say why (`?one=<slug>&two=<slug>` from elsewhere)."""
    reader = cast("User", request.user)
    if not may_introduce(reader):
        raise PermissionDenied(_("Introductions are made by those who lead a space, and by the support team."))
    form = IntroductionForm(request.POST or None, host=reader, initial=_named(request, reader))
    if request.method == "POST" and form.is_valid() and _proposed(form, reader):
        messages.success(request, _("Both are asked, each alone. You hear of it when both say yes, or when its day has come."))
        return redirect("welcome:introduction-list")
    return render(request, "welcome/introductions/introduction_start.html", {"form": form, "days": workflow.LASTS.days})


def _named(request: HttpRequest, reader: User) -> dict[str, Any]:
    slugs = {name: request.GET.get(name, "").replace("\0", "") for name in ("one", "two")}
    people = Ambassador.objects.visible_to(reader).filter(slug__in=[slug for slug in slugs.values() if slug]).select_related("user")
    found = {person.slug: written_for(reader, person) for person in people}
    return {name: found.get(slug, "") for name, slug in slugs.items()}


def _proposed(form: IntroductionForm, reader: User) -> bool:
    """Propose it; False with an error on the form."""
    try:
        workflow.propose(form.cleaned_data["one"], form.cleaned_data["two"], form.cleaned_data["reason"], by=reader)
    except ValidationError as error:
        form.add_error("two", error)
        return False
    return True


@require_POST
def introduction_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes, gladly."""
    return _answered(request, pk, is_yes=True)


@require_POST
def introduction_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Not now: nobody hears of it."""
    return _answered(request, pk, is_yes=False)


def _answered(request: HttpRequest, pk: int, *, is_yes: bool) -> HttpResponse:
    reader = cast("User", request.user)
    side = get_object_or_404(IntroductionSide.objects.visible_to(reader).select_related("introduction"), pk=pk)
    try:
        is_made = workflow.answer(side, by=reader, is_yes=is_yes)
    except TransitionRefused:
        messages.info(request, said.OVER)
        return redirect("welcome:introduction-list")
    messages.success(request, said.MADE if is_made else said.YES if is_yes else said.NOT_NOW)
    thread = shown.thread_of(side) if is_made else None
    return redirect(thread or "welcome:introduction-list")
