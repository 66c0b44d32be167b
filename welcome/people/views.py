"""People one may want to meet: found for the reader, and shown to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ambassadors.models import Ambassador
from welcome.models import NoSuggestions
from welcome.people import workflow
from welcome.people.finding import people_to_meet, set_aside_by

if TYPE_CHECKING:
    from ambassadors.models import User


@require_GET
def people_list(request: HttpRequest) -> HttpResponse:
    """A few people and why; below them those who were set aside, and the switch."""
    reader = cast("User", request.user)
    own = getattr(reader, "ambassador", None)
    is_off = NoSuggestions.objects.visible_to(reader).exists()
    context = {
        "people": [] if is_off else people_to_meet(reader),
        "set_aside": set_aside_by(reader),
        "is_off": is_off,
        "can_be_found": not own or own.topics.exists(),
    }
    return render(request, "welcome/people_list.html", context)


@require_POST
def person_set_aside(request: HttpRequest, slug: str) -> HttpResponse:
    """Suggest somebody no more."""
    reader = cast("User", request.user)
    workflow.set_aside(_other(reader, slug), by=reader)
    messages.success(request, _("All right. They are not suggested to you any more, and nobody learns of it."))
    return redirect("welcome:people-list")


@require_POST
def person_take_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Let somebody be suggested again."""
    reader = cast("User", request.user)
    workflow.take_back(_other(reader, slug), by=reader)
    return redirect("welcome:people-list")


@require_POST
def people_switch_off(request: HttpRequest) -> HttpResponse:
    """Suggest nobody."""
    workflow.switch_off(by=cast("User", request.user))
    return redirect("welcome:people-list")


@require_POST
def people_switch_on(request: HttpRequest) -> HttpResponse:
    """Suggest people again."""
    workflow.switch_on(by=cast("User", request.user))
    return redirect("welcome:people-list")


def _other(reader: User, slug: str) -> User:
    return get_object_or_404(Ambassador.objects.visible_to(reader).exclude(user=reader).select_related("user"), slug=slug).user
