"""Pages of conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from discussions import workflow
from discussions.forms import PostReplyForm
from discussions.models import Post, Thread
from discussions.paging import POSTS_A_PAGE, first_number, page_of_private_threads
from discussions.posts.composing import Unwritten, reply_form, said_in
from discussions.threads.finding import nothing_for, segments_of
from discussions.threads.listing import KINDS, Asked, page_of_threads, spaces_read_by
from discussions.threads.page import context_of
from discussions.threads.rows import ThreadRow, thread_for
from foundation.fragments import wants_fragment
from foundation.place import stand_at

if TYPE_CHECKING:
    from ambassadors.models import User


@require_GET
def thread_list(request: HttpRequest) -> HttpResponse:
    """What is being talked about in the spaces that the reader may read, the latest first; narrowed by what the address asks for."""
    reader, asked = cast("User", request.user), Asked.of(request.GET)
    page = page_of_threads(reader, asked, after=request.GET.get("after", ""))
    context = {
        "asked": asked,
        "threads": page,
        "spaces": spaces_read_by(reader),
        "kinds": tuple((kind.value, str(kind.label)) for kind in KINDS),
        "segments": segments_of(reader, asked),
        "empty": None if page.lines else nothing_for(asked),
    }
    return render(request, "discussions/thread_list.html", context)


@require_GET
def private_thread_list(request: HttpRequest) -> HttpResponse:
    """The reader's private conversations, the latest first."""
    reader = cast("User", request.user)
    lines, following = page_of_private_threads(reader, after=request.GET.get("after", ""))
    next_url = f"?{urlencode({'after': following})}" if following else ""
    context = {
        "lines": lines,
        "next_url": next_url,
        "is_first": "after" not in request.GET,
    }
    return render(request, "discussions/private_thread_list.html", context)


@require_GET
@vary_on_headers("HX-Request")
def thread_detail(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One conversation, with a form to answer. `?from=21` begins at that post, `?post=57` leads to one."""
    row = _thread_row(request, pk)
    if row.thread.merged_into_id:
        return redirect("discussions:thread-detail", row.thread.merged_into_id, slug)
    if slug != row.thread.slug:
        return redirect(row.thread, permanent=False)
    if request.GET.get("post", "").strip():
        return redirect(_place_of(row.thread, first_number(request.GET["post"].strip(), row.thread.last_number, 1)))
    return _thread_page(request, row, reply_form(request, row.thread))


@require_POST
def post_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer in a conversation."""
    row, form = _thread_row(request, pk), PostReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _thread_page(request, row, form)
    try:
        said = workflow.say(row.thread, **said_in(form, row.thread, by=cast("User", request.user)))
        return redirect(said.get_absolute_url())
    except ValidationError as error:
        form.add_error("body", error)
        return _thread_page(request, row, form)


@require_POST
def thread_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the reader has read this far (`number`)."""
    thread = get_object_or_404(Thread.objects.visible_to(request.user), pk=pk)
    number = request.POST.get("number", "")
    if not (number.isascii() and number.isdigit() and len(number) < 9):
        raise PermissionDenied(_("Which post was the last one you read?"))
    workflow.mark_read(thread, by=cast("User", request.user), number=int(number))
    if request.headers.get("X-Requested-With") == "fetch":  # while somebody reads: nothing on the page changes
        return HttpResponse(status=204)
    return redirect("discussions:private-thread-list" if thread.is_private else thread)


@require_GET
def post_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The permanent address of a post: leads to its place in the conversation."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("thread"), pk=pk)
    return redirect(_place_of(post.thread, post.number))


def _place_of(thread: Thread, number: int) -> str:
    start = first_number(str(number), thread.last_number)
    query = f"?from={start}" if start > 1 or thread.last_number > POSTS_A_PAGE else ""
    return f"{thread.get_absolute_url()}{query}#post-{number}"


def _thread_row(request: HttpRequest, pk: int) -> ThreadRow:
    row = thread_for(cast("User", request.user), pk)
    if row is None:
        raise Http404
    return row


def _thread_page(request: HttpRequest, row: ThreadRow, form: PostReplyForm | Unwritten) -> HttpResponse:
    """The page, or, when htmx asks for more posts, those alone."""
    if row.thread.is_private:
        stand_at(request, "discussions:private-thread-list")
    context = context_of(request, cast("User", request.user), row)
    if wants_fragment(request):
        return render(request, "discussions/threads/_more_posts.html", context | {"target": request.headers.get("HX-Target")})
    return render(request, "discussions/thread_detail.html", context | {"form": form})
