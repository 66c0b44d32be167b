"""Whose private messages one does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ambassadors.models import Ambassador, User
from discussions.models import Block, Participant
from discussions.moderation import blocking

if TYPE_CHECKING:
    from django.db.models import QuerySet


@require_GET
def block_list(request: HttpRequest) -> HttpResponse:
    """Those whose messages one does not take."""
    blocks = Block.objects.visible_to(request.user).select_related("blocked")
    return render(request, "discussions/moderation/block_list.html", {"blocks": blocks})


@require_POST
def block_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Take no private messages from somebody any more."""
    person = get_object_or_404(_known_to(cast("User", request.user)), pk=pk)
    blocking.block(person, by=cast("User", request.user))
    said = _("%(name)s can write you no private messages any more, and is not told so. You can take this back here.")
    messages.success(request, said % {"name": person.shown_name})
    return redirect("discussions:block-list")


@require_POST
def block_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take their messages again."""
    block = get_object_or_404(Block.objects.visible_to(request.user).select_related("blocked"), blocked=pk)
    blocking.unblock(block.blocked, by=cast("User", request.user))
    messages.success(request, _("%(name)s can write to you again.") % {"name": block.blocked.shown_name})
    return redirect("discussions:block-list")


def _known_to(reader: User) -> QuerySet[User]:
    """Whose name the reader knows anyway: those they sit with in private, and those whose profile they see."""
    seats = Participant.objects.visible_to(reader).filter(thread__kind="private").values("person")
    profiles = Ambassador.objects.visible_to(reader).values("user")
    people: QuerySet[User] = User.objects.filter(pk__in=seats.union(profiles)).exclude(pk=reader.pk)  # unscoped: known by either
    return people
