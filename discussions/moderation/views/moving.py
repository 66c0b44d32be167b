"""Moving, splitting and merging conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from discussions.models import Post, Space, Thread
from discussions.moderation import moving
from discussions.moderation.forms import ThreadMergeForm, ThreadMoveForm, ThreadSplitForm
from discussions.moderation.rules import why_not_rearranged
from discussions.moderation.views.order import led_thread
from discussions.words import to_plain
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.forms import Form

    from ambassadors.models import User

CHOICES = 50
WORDS = 40


@require_http_methods(["GET", "POST"])
def thread_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a conversation to another space that all ambassadors read."""
    thread, reader = _to_rearrange(request, pk), cast("User", request.user)
    spaces = _spaces_for(reader).exclude(threads=thread)
    form = ThreadMoveForm(spaces, request.POST or None)
    if request.method == "POST" and form.is_valid():
        space = form.cleaned_data["space"]
        if _done(request, form, lambda: moving.move(thread, space, by=reader)):
            messages.success(request, _("It is in “%(space)s” now. Its address is the same.") % {"space": space})
            return redirect(thread)
    is_closed = thread.space is None or thread.space.openness != Space.Openness.OPEN
    return render(request, "discussions/moderation/thread_move.html", {"thread": thread, "form": form, "is_closed": is_closed})


@require_http_methods(["GET", "POST"])
def thread_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Let some posts begin a conversation of their own; `?from=7` shows those from number 7 on."""
    thread, reader = _to_rearrange(request, pk), cast("User", request.user)
    start = _number(request.GET.get("from", ""))
    # A post whose words somebody else may not read still has a place, and goes with the others.
    posts = Post.objects.visible_to(reader).filter(thread=thread, number__gte=max(start, 2)).with_author().in_order()
    form = ThreadSplitForm(posts, request.POST or None)
    if request.method == "POST" and form.is_valid():
        keys = [post.pk for post in form.cleaned_data["posts"]]
        new = _done(request, form, lambda: moving.split(thread, keys, subject=form.cleaned_data["subject"], by=reader))
        if new:
            messages.success(request, _("The posts are here now. Their addresses are the same."))
            return redirect(new)
    return render(request, "discussions/moderation/thread_split.html", _split_context(request, thread, form, posts, start))


@require_http_methods(["GET", "POST"])
def thread_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a conversation at the end of another one."""
    thread, reader = _to_rearrange(request, pk), cast("User", request.user)
    others = _that_can_take(reader, thread)
    form = ThreadMergeForm(others, others.filter(pk__in=others.values("pk")[:CHOICES]), request.POST or None)
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        if _done(request, form, lambda: moving.merge(thread, into, by=reader)):
            messages.success(request, _("They are one conversation now. The address of the other one leads here."))
            return redirect(into)
    return render(request, "discussions/moderation/thread_merge.html", {"thread": thread, "form": form})


def _to_rearrange(request: HttpRequest, pk: int) -> Thread:
    thread = led_thread(request, pk)
    if reason := why_not_rearranged(thread):
        raise PermissionDenied(reason)
    return thread


def _done(request: HttpRequest, form: Form, act: Callable[[], Any]) -> Any:
    """Do it and return what it made, or True; what speaks against it is said in the form."""
    try:
        return act() or True
    except TransitionRefused:
        form.add_error(None, _("Somebody else was quicker: look at how it stands now."))
    except ValidationError as error:
        form.add_error(None, error)
    return None


def _number(asked: str) -> int:
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 2


def _split_context(request: HttpRequest, thread: Thread, form: Form, posts: QuerySet[Post], start: int) -> dict[str, Any]:
    shown = list(posts[: CHOICES + 1])
    chosen = set(request.POST.getlist("posts")) or {str(post.pk) for post in shown[:1] if request.GET.get("from")}
    rows = [(post, Truncator(to_plain(post.body)).words(WORDS), str(post.pk) in chosen) for post in shown[:CHOICES]]
    later = f"?from={shown[CHOICES].number}" if len(shown) > CHOICES else ""
    return {"thread": thread, "form": form, "rows": rows, "later_url": later, "earlier": start > 2}


def _spaces_for(reader: User) -> QuerySet[Space]:
    """Where a conversation can go: what all ambassadors read, and where the reader begins conversations."""
    return Space.objects.visible_to(reader).begun_in_by(reader).filter(openness="open").order_by("kind", "name")


def _that_can_take(reader: User, thread: Thread) -> QuerySet[Thread]:
    led = Space.objects.led_by(reader)  # unscoped: it is narrower than what is visible
    is_open = thread.space is not None and thread.space.openness == Space.Openness.OPEN
    spaces = led.filter(openness="open") if is_open else led.filter(threads=thread)
    rows = Thread.objects.visible_to(reader).listed().filter(space__in=spaces.values("pk"), kind__in=["discussion", "question"])
    return rows.exclude(pk=thread.pk).select_related("space").newest_first()
