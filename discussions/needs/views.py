"""The page on which somebody says what they need."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from discussions.models import Space
from discussions.needs import workflow
from discussions.needs.forms import NeedForm
from foundation.models import Topic

if TYPE_CHECKING:
    from ambassadors.models import User


@require_http_methods(["GET", "POST"])
def need_start(request: HttpRequest) -> HttpResponse:
    """Say what one needs; a few people who know about it are told (`?space=<slug>` chooses where it is asked)."""
    reader = cast("User", request.user)
    spaces, topics = _spaces(reader), Topic.objects.visible_to(reader).offered()
    chosen = spaces.filter(slug=request.GET.get("space", "").replace("\0", "")).first()
    initial = {"space": chosen, "sent_key": uuid4()}
    form = NeedForm(request.POST or None, spaces=spaces, topics=topics, initial=initial)
    if request.method == "POST" and form.is_valid() and (done := _asked(request, form)):
        return done
    return render(request, "discussions/needs/need_start.html", {"form": form})


def _asked(request: HttpRequest, form: NeedForm) -> HttpResponse | None:
    """Ask for it; None with an error on the form."""
    said = {name: form.cleaned_data[name] for name in ("subject", "body", "sent_key")}
    try:
        need = workflow.start_need(
            form.cleaned_data["space"], form.cleaned_data["topic"], by=cast("User", request.user), is_rich=True, **said
        )
    except ValidationError as error:
        form.add_error("body", error)
        return None
    messages.success(request, _("Asked. If somebody who knows about it can be told now, they are, by mail."))
    return redirect(need.thread)


def _spaces(reader: User) -> QuerySet[Space]:
    """Where the reader may begin a conversation."""
    joined = Q(roles__person=reader, roles__role__in=["leader", "participant"])
    return Space.objects.visible_to(reader).active().filter(Q(kind="topic") | joined).distinct()
