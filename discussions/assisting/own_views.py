"""What waits for an ambassador, because their assistant prepared it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from discussions.assisting import workflow
from discussions.models import PreparedReply, Thread
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User

MOST = 50


@require_GET
def prepared_list(request: HttpRequest) -> HttpResponse:
    """What was prepared and waits for one's word, the latest first."""
    me = cast("User", request.user)
    waiting = PreparedReply.objects.visible_to(me).waiting_for(me).filter(thread__in=Thread.objects.visible_to(me).values("pk"))
    context = {"waiting": waiting.select_related("thread__space")[:MOST]}
    return render(request, "discussions/assisting/prepared_list.html", context)


@require_POST
def prepared_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Say it."""
    try:
        post = workflow.send(_own(request, pk), by=cast("User", request.user))
    except (TransitionRefused, ValidationError) as refused:
        return _refused(request, refused)
    messages.success(request, _("Sent, as your answer."))
    return redirect(post)


@require_POST
def prepared_take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on writing oneself."""
    prepared = _own(request, pk)
    try:
        workflow.take_over(prepared, by=cast("User", request.user))
    except TransitionRefused as refused:
        return _refused(request, refused)
    return redirect(f"{prepared.thread.get_absolute_url()}#answer")


@require_POST
def prepared_set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Not send it."""
    try:
        workflow.set_aside(_own(request, pk), by=cast("User", request.user))
        messages.success(request, _("Put aside. Nobody but the two of you knows that it was there."))
    except TransitionRefused as refused:
        return _refused(request, refused)
    return redirect("discussions:prepared-list")


def _own(request: HttpRequest, pk: int) -> PreparedReply:
    rows = PreparedReply.objects.visible_to(request.user).filter(ambassador=request.user.pk).select_related("thread__space")
    prepared: PreparedReply = get_object_or_404(rows, pk=pk)
    return prepared


def _refused(request: HttpRequest, why: Exception) -> HttpResponse:
    said = (
        why.messages[0]
        if isinstance(why, ValidationError)
        else _("It was settled before, or prepared anew meanwhile. Look at it again.")
    )
    messages.warning(request, said)
    return redirect("discussions:prepared-list")
