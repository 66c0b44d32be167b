"""Following threads and spaces, and the list of all that one follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from discussions.following import workflow
from discussions.following.listing import page_of_follows
from discussions.models import Space, Thread

if TYPE_CHECKING:
    from ambassadors.models import User


@require_POST
def thread_follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Hear as much of a thread as `level` says."""
    return _follow(request, get_object_or_404(Thread.objects.visible_to(request.user), pk=pk))


@require_POST
def space_follow(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for all threads of a space."""
    return _follow(request, get_object_or_404(Space.objects.visible_to(request.user), slug=slug))


def _follow(request: HttpRequest, thing: Thread | Space) -> HttpResponse:
    try:
        workflow.follow(thing, by=cast("User", request.user), level=request.POST.get("level", ""))
    except ValidationError as error:
        raise PermissionDenied(error.message) from error
    messages.success(request, _("Saved. The mail you get of it follows this from now on."))
    return redirect("discussions:follow-list") if request.POST.get("back") == "list" else redirect(thing)


@require_GET
def follow_list(request: HttpRequest) -> HttpResponse:
    """Everything that the reader has said something about: how much they want to hear of it."""
    lines, following = page_of_follows(cast("User", request.user), after=request.GET.get("after", ""))
    context = {"lines": lines, "next_url": f"?after={following}" if following else "", "is_first": "after" not in request.GET}
    return render(request, "discussions/following/follow_list.html", context)


@require_POST
def follow_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Hear no more of something than is usual; also of what one can no longer read."""
    if not workflow.stop(pk, by=cast("User", request.user)):
        raise Http404
    messages.success(request, _("Saved. You hear no more of it than is usual."))
    return redirect("discussions:follow-list")
