"""Measures about people: proposed by one of the support team, agreed to by another; the person's appeal, decided by a third."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ambassadors.models import Ambassador
from ambassadors.rules import is_support
from discussions.models import Measure
from discussions.moderation import measures
from discussions.moderation.forms import AppealForm, MeasureAnswerForm, MeasureForm
from foundation import tokens
from foundation.access import public
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from django.forms import Form

    from ambassadors.models import User

SHOWN = 50


@require_GET
def measure_list(request: HttpRequest) -> HttpResponse:
    """What the support team has decided or is to decide, what waits first."""
    _only_the_team(request)
    found = Measure.objects.visible_to(request.user).select_related("person", "proposed_by", "agreed_by")
    context = {"proposed": found.proposed(), "appealed": found.appealed(), "others": found.exclude(status="proposed")[:SHOWN]}
    return render(request, "discussions/moderation/measure_list.html", context)


@require_http_methods(["GET", "POST"])
def measure_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose to warn, pause or remove the member of a profile."""
    reader = cast("User", request.user)
    own = getattr(reader, "ambassador", None)
    if request.method == "GET" and own is not None and own.pk == pk:
        return redirect(own)  # the preview of one's own profile has the button that the support team gets
    _only_the_team(request)
    ambassador = get_object_or_404(Ambassador.objects.visible_to(reader).select_related("user"), pk=pk)
    if not measures.may_propose(reader, ambassador.user):
        raise PermissionDenied(_("This is for members who are not of the support team."))
    form = MeasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(measures.propose(ambassador.user, by=reader, **form.cleaned_data))
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "discussions/moderation/measure_propose.html", {"form": form, "ambassador": ambassador})


@require_GET
def measure_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One measure, for the support team; or, in force, for the person it is about."""
    return _page(request, _found(request, pk))


@require_POST
def measure_agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree as the second one."""
    return _moved(request, pk, measures.agree)


@require_POST
def measure_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it be."""
    return _moved(request, pk, measures.drop)


@require_POST
def measure_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide about an appeal, as somebody who had no part in it."""
    found, form = _found(request, pk), MeasureAnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    return _moved(request, pk, measures.answer, **form.cleaned_data)


@public
@tokens.token_page
@require_http_methods(["GET", "POST"])
def appeal_make(request: HttpRequest, token: str) -> HttpResponse:
    """Say why it is wrong, by the link in the mail: whoever was shut out can still be heard."""
    measure = cast("Measure", tokens.find(measures.APPEAL_LINK, token).subject)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        measures.appeal(measure, form.cleaned_data["words"])
        return render(request, "discussions/moderation/appeal_made.html")
    return render(request, "discussions/moderation/appeal_make.html", {"measure": measure, "form": form})


def _only_the_team(request: HttpRequest) -> None:
    if not is_support(cast("User", request.user)):
        raise PermissionDenied(_("This page is for the support team."))


def _found(request: HttpRequest, pk: int) -> Measure:
    rows = Measure.objects.visible_to(request.user).select_related("person", "proposed_by", "agreed_by", "answered_by")
    found: Measure = get_object_or_404(rows, pk=pk)
    return found


def _moved(request: HttpRequest, pk: int, act: Callable[..., None], **fields: Any) -> HttpResponse:
    found = _found(request, pk)
    try:
        act(found, by=request.user, **fields)
    except TransitionRefused:
        messages.error(request, _("Somebody else was quicker: this is how it stands now."))
    return redirect(found)


def _page(request: HttpRequest, found: Measure, form: Form | None = None) -> HttpResponse:
    reader = cast("User", request.user)
    context = {
        "measure": found,
        "is_own": found.person_id == reader.pk,
        "may_agree": found.status == Measure.Status.PROPOSED and measures.may_agree(reader, found),
        "may_drop": found.status == Measure.Status.PROPOSED and is_support(reader),
        "may_answer": found.waits_for_answer and measures.may_answer(reader, found),
        "form": form or MeasureAnswerForm(),
    }
    return render(request, "discussions/moderation/measure_detail.html", context)
