"""First looks: the list, what the pairs found, and how one is begun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from discussions import rules as talk
from discussions.models import Space
from foundation.workflow import TransitionRefused
from welcome.first_look import page, preparing, rules
from welcome.first_look.forms import FirstLookForm
from welcome.first_look.preparing import Asked
from welcome.models import FirstLook, LookPair

if TYPE_CHECKING:
    from ambassadors.models import User

MOST = 50


def reader_of(request: HttpRequest) -> User:
    """Whoever asks: a member, as the door has it."""
    return cast("User", request.user)


@require_GET
def first_look_list(request: HttpRequest) -> HttpResponse:
    """Those that one may read, one's own to write first."""
    reader = reader_of(request)
    looks = FirstLook.objects.visible_to(reader).select_related("space", "facilitator").order_by("-created_at", "-pk")[:MOST]
    mine = LookPair.objects.of(reader).filter(look__status="open").select_related("look").with_people()  # unscoped: one's own pairs
    context = {"looks": looks, "mine": [(pair, page.names_in(pair)) for pair in mine], "may_start": rules.may_prepare(reader)}
    return render(request, "welcome/first_look/first_look_list.html", context)


@require_GET
def first_look_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What the pairs found, by question."""
    reader, look = reader_of(request), look_seen(request, pk)
    questions = page.by_question(look, reader)
    context = {
        "look": look,
        "questions": questions,
        "is_empty": not any(found for _question, found in questions),
        "own": LookPair.objects.of(reader).filter(look=look).first(),  # unscoped: one's own pair
        "runs": rules.runs_look(reader, look),
        "may_reply": look.thread is not None and talk.may_answer(reader, look.thread),
    }
    return render(request, "welcome/first_look/first_look_detail.html", context)


@require_http_methods(["GET", "POST"])
def first_look_start(request: HttpRequest) -> HttpResponse:
    """Begin to prepare one."""
    reader = reader_of(request)
    if not rules.may_prepare(reader):
        raise PermissionDenied(_("The support team begins first looks."))
    form = FirstLookForm(request.POST or None, spaces=_spaces(reader))
    if request.method == "POST" and form.is_valid():
        look = preparing.start_look(by=reader, questions=form.asked() or (), **form.said())
        messages.success(request, _("It is being prepared. Say who takes part, and make the pairs."))
        return redirect("welcome:first-look-prepare", pk=look.pk)
    return render(request, "welcome/first_look/first_look_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def first_look_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Word it differently, or give it more time."""
    reader, look = reader_of(request), look_run(request, pk)
    asked = [Asked(one.text, one.parts, one.makes_improvements) for one in look.questions.all()]
    is_fixed = look.status != FirstLook.Status.PREPARING
    form = FirstLookForm(request.POST or None, instance=look, spaces=_spaces(reader), asked=asked, fixed=is_fixed)
    if request.method == "POST" and form.is_valid():
        try:
            preparing.edit_look(look, by=reader, questions=form.asked(), **form.said())
        except TransitionRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Saved."))
        return redirect("welcome:first-look-prepare", pk=look.pk)
    return render(request, "welcome/first_look/first_look_form.html", {"form": form, "look": look})


def look_seen(request: HttpRequest, pk: int) -> Any:
    """404 for whoever may not know of it."""
    rows = FirstLook.objects.visible_to(request.user).select_related("space", "facilitator", "thread__space")
    return get_object_or_404(rows.prefetch_related("questions"), pk=pk)


def look_run(request: HttpRequest, pk: int) -> Any:
    """403 for whoever reads it and does not run it."""
    look = look_seen(request, pk)
    if not rules.runs_look(reader_of(request), look):
        raise PermissionDenied(_("The support team prepares first looks."))
    return look


def _spaces(reader: User) -> QuerySet[Space]:
    return Space.objects.visible_to(reader).begun_in_by(reader).order_by("kind", "name")
