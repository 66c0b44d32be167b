"""Addresses that a form asks while somebody writes: how it will look, a draft, a quotation, whom to name."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from discussions.forms import PreviewForm
from discussions.mentions import marked, people_named, readers_called
from discussions.models import Post, Thread
from discussions.posts.beginnings import drop_beginning, save_beginning, whom
from discussions.posts.composing import quotation_of
from discussions.posts.drafts import drop_draft, save_draft
from discussions.said import words_of
from discussions.threads.forms import BeginningForm
from foundation.fragments import wants_fragment

if TYPE_CHECKING:
    from ambassadors.models import User


@require_POST
def post_preview(request: HttpRequest) -> HttpResponse:
    """How words will look. They are kept as a draft of the answer, or of the beginning, that they are for; nothing is sent."""
    reader, form = cast("User", request.user), PreviewForm(request.POST)
    words = form.cleaned_data.get("body", "") if form.is_valid() else ""
    if "to" in request.POST:
        _keep_beginning(request)
    if form.cleaned_data.get("thread"):
        save_draft(_thread(request, form.cleaned_data["thread"]), by=reader, body=words)
    try:
        html = words_of(words, is_rich=True)
    except ValidationError:  # there is nothing to show, or too much: Send says which
        html = ""
    context = {"html": marked(html, people_named(html, by=reader))}
    return render(request, f"discussions/posts/{'_preview' if wants_fragment(request) else 'post_preview'}.html", context)


@require_POST
def draft_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the reader has begun to write."""
    thread, form = _thread(request, pk), PreviewForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    save_draft(thread, by=cast("User", request.user), body=form.cleaned_data["body"])
    return HttpResponse(status=204)


@require_POST
def draft_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away what the reader has begun to write."""
    thread = _thread(request, pk)
    drop_draft(thread, by=cast("User", request.user))
    return redirect(f"{thread.get_absolute_url()}#answer")


@require_POST
def beginning_save(request: HttpRequest) -> HttpResponse:
    """Keep the conversation that the reader has begun to begin."""
    return HttpResponse(status=204 if _keep_beginning(request) else 400)


@require_POST
def beginning_delete(request: HttpRequest) -> HttpResponse:
    """Throw it away, and begin anew."""
    to = whom(request.POST.get("to", "").replace("\0", "").split(","))
    drop_beginning(by=cast("User", request.user), to=to)
    query = urlencode({"to": to.split(",")}, doseq=True) if to else ""
    return redirect(f"{reverse('discussions:thread-start')}{'?' if query else ''}{query}")


def _keep_beginning(request: HttpRequest) -> bool:
    reader = cast("User", request.user)
    form = BeginningForm(request.POST, reader=reader)
    if form.is_valid():
        save_beginning(by=reader, **form.cleaned_data)
    return form.is_valid()


@require_GET
def post_quote(request: HttpRequest, pk: int) -> HttpResponse:
    """A quotation of a post, for the editor (`?words=` are those that were marked); without scripts, the form with it inside."""
    post = get_object_or_404(Post.objects.visible_to(request.user).with_author().select_related("thread"), pk=pk)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(quotation_of(post, request.GET.get("words", "")))
    return redirect(f"{post.thread.get_absolute_url()}?quote={post.pk}#answer")


@require_GET
def mention_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who can be named in a thread, by the beginning of a name (`?q=`)."""
    people = readers_called(request.GET.get("q", ""), _thread(request, pk), by=cast("User", request.user))
    return JsonResponse({"people": [{"name": person.name} for person in people]})


def _thread(request: HttpRequest, pk: int) -> Thread:
    thread: Thread = get_object_or_404(Thread.objects.visible_to(request.user).select_related("space"), pk=pk)
    return thread
