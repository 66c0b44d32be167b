"""The library of conversation pieces, and putting one into a round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from discussions.models import Piece, PromptRound, Space
from discussions.prompts import rules
from discussions.prompts.pieces import choosing
from foundation.models import Community, Topic
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User

MOST = 200


@require_GET
def piece_list(request: HttpRequest) -> HttpResponse:
    """All that is offered, by stage and topic; for whoever plans a prompt (`?round=` or `?space=`) with a way to take one."""
    reader = cast("User", request.user)
    stage, topic = request.GET.get("stage", ""), _number(request.GET.get("topic", ""))
    library = Piece.objects.visible_to(reader).offered()
    topics = Topic.objects.visible_to(reader).filter(pk__in=library.values("topic"))
    for_round = _round_of(reader, _number(request.GET.get("round", "")))
    context: dict[str, Any] = {
        "rows": choosing.offered(reader, _filtered(library, stage, topic)),
        "round": for_round,
        "start_url": "" if for_round else _start_url(request, reader),
        "stages": Piece.Stage.choices,
        "stage": stage,
        "topics": list(topics),
        "topic": topic,
        "months": Community.seen().pieces_rest,
        "space_slug": request.GET.get("space", "") if not for_round else "",
    }
    return render(request, "discussions/prompts/pieces/piece_list.html", context)


@require_POST
def piece_use(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a round ask the words of a piece."""
    reader = cast("User", request.user)
    piece = get_object_or_404(Piece.objects.visible_to(reader), pk=pk)
    rounds = PromptRound.objects.visible_to(reader).select_related("prompt__space")
    one = get_object_or_404(rounds, pk=_number(request.POST.get("round", "")))
    try:
        choosing.use_in_round(piece, one, by=reader)
    except TransitionRefused as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("This round asks it now. Change the words until they are yours."))
    return redirect(one)


def _filtered(library: QuerySet[Piece], stage: str, topic: int) -> QuerySet[Piece]:
    if stage in Piece.Stage.values:
        library = library.filter(stage=stage)
    if topic:
        library = library.filter(topic=topic)
    return library.select_related("topic")[:MOST]


def _round_of(reader: User, pk: int) -> PromptRound | None:
    """The round that the reader plans, where it still takes other words."""
    found = PromptRound.objects.visible_to(reader).filter(pk=pk).select_related("prompt__space").first() if pk else None
    if found is None:
        return None
    if not rules.runs_round(reader, found):
        raise PermissionDenied(_("Only those who lead the space change its prompts."))
    return found if found.is_to_come and found.thread_id is None else None


def _start_url(request: HttpRequest, reader: User) -> str:
    """Where a series begins, for whoever leads a space."""
    led = Space.objects.led_by(reader).active()  # unscoped: those that the reader runs
    if not led.exists():
        return ""
    slug = request.GET.get("space", "").replace("\0", "")
    chosen = led.filter(slug=slug).exists() if slug else False
    return reverse("discussions:prompt-start") + (f"?space={slug}&" if chosen else "?")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
