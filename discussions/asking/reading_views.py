"""The reading list."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from discussions.asking import reading
from discussions.asking.forms import ReadingItemForm
from discussions.models import Post, ReadingItem
from foundation.access import public_page

if TYPE_CHECKING:
    from ambassadors.models import User

ITEMS = 30


@require_GET
def reading_list(request: HttpRequest) -> HttpResponse:
    """What was recommended in conversations that the reader reads, the latest first, some at a time."""
    reader = cast("User", request.user)
    found = ReadingItem.objects.visible_to(reader).select_related("post__thread__space", "post__author__ambassador").order_by("-pk")
    items = list(_after(found, request.GET.get("after", ""))[: ITEMS + 1])
    rows = [
        {"item": item, "is_own": item.post.author_id == reader.pk, "may_remove": _removes(reader, item)} for item in items[:ITEMS]
    ]
    next_url = f"?{urlencode({'after': items[ITEMS - 1].pk})}" if len(items) > ITEMS else ""
    return render(request, "discussions/asking/reading_list.html", {"rows": rows, "next_url": next_url})


@public_page(queries=("after",))
@require_safe
def recommendation_list(request: HttpRequest) -> HttpResponse:
    """What ambassadors have shown to everybody. The way to where it was said is for those who may read it."""
    found = ReadingItem.objects.visible_to(AnonymousUser()).select_related("post__author").order_by("-pk")
    items = list(_after(found, request.GET.get("after", ""))[: ITEMS + 1])
    keys = [item.pk for item in items]
    read = (
        set(ReadingItem.objects.visible_to(request.user).filter(pk__in=keys).values_list("pk", flat=True))
        if _is_in(request)
        else set()
    )
    rows = [{"item": item, "is_read": item.pk in read} for item in items[:ITEMS]]
    next_url = f"?{urlencode({'after': items[ITEMS - 1].pk})}" if len(items) > ITEMS else ""
    return render(request, "discussions/asking/recommendation_list.html", {"rows": rows, "next_url": next_url})


def _is_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.is_member


def _after(found: QuerySet[ReadingItem], pk: str) -> QuerySet[ReadingItem]:
    return found.filter(pk__lt=int(pk)) if pk.isascii() and pk.isdigit() and len(pk) < 12 else found


def _removes(reader: User, item: ReadingItem) -> bool:
    """Whether to show a button; whoever leads a micro-community finds the way on the post."""
    in_topic = item.post.thread.space is not None and item.post.thread.space.is_topic
    return reader.pk in {item.post.author_id, item.added_by_id} or (in_topic and reader.is_staff)


@require_http_methods(["GET", "POST"])
def reading_item_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put something that a post names on the list."""
    reader = cast("User", request.user)
    post = get_object_or_404(Post.objects.visible_to(reader).with_author().select_related("thread__space"), pk=pk)
    if not reading.may_lift(reader, post):
        raise PermissionDenied(_("The reading list takes what was named in a conversation of a space."))
    form = ReadingItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reading.lift(post, by=reader, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("It is on the reading list."))
            return redirect("discussions:reading-list")
    return render(request, "discussions/asking/reading_item_add.html", {"form": form, "post": post})


def _item(request: HttpRequest, pk: int) -> ReadingItem:
    return get_object_or_404(ReadingItem.objects.visible_to(request.user).select_related("post__thread__space"), pk=pk)


@require_POST
def reading_item_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody see one's recommendation, with one's name (`named`) or without."""
    reading.show_to_everybody(_item(request, pk), named=bool(request.POST.get("named")), by=cast("User", request.user))
    messages.success(request, _("Everybody can read it now."))
    return redirect("discussions:reading-list")


@require_POST
def reading_item_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep it among members again."""
    reading.keep_among_members(_item(request, pk), by=cast("User", request.user))
    messages.success(request, _("It is for members alone again."))
    return redirect("discussions:reading-list")


@require_POST
def reading_item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off the list."""
    reading.take_off(_item(request, pk), by=cast("User", request.user))
    messages.success(request, _("Taken off the list."))
    return redirect("discussions:reading-list")
