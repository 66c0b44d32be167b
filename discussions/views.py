"""Pages of conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ambassadors.models import Ambassador
from discussions import rules, workflow
from discussions.acts import acts_on_posts, acts_on_thread, parts_of_posts
from discussions.forms import PostReplyForm, ThreadStartForm
from discussions.models import Post, Thread
from discussions.paging import POSTS_A_PAGE, first_number, page_of_private_threads
from foundation.panels import panels_for
from foundation.reading import remembers

if TYPE_CHECKING:
    from ambassadors.models import User


@require_GET
def thread_list(request: HttpRequest) -> HttpResponse:
    """What is being talked about in the spaces that the reader may read, the latest first."""
    reader = cast("User", request.user)
    threads = Thread.objects.visible_to(reader).listed().exclude(kind=Thread.Kind.PRIVATE).newest_first()
    context = {"threads": threads.select_related("space")[:25]}
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


@require_http_methods(["GET", "POST"])
def thread_start(request: HttpRequest) -> HttpResponse:
    """Write to an ambassador (`?to=<slug>`); without a name, say where to find one."""
    reader = cast("User", request.user)
    if not request.GET.get("to"):
        return redirect("ambassadors:ambassador-list")
    slug, own = request.GET["to"].replace("\0", ""), getattr(reader, "ambassador", None)
    if request.method != "POST" and own is not None and own.slug == slug:
        return redirect(own)  # the preview of one's profile has the button that others get
    ambassador = get_object_or_404(_who_can_be_written_to(reader), slug=slug)
    form = ThreadStartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        thread = workflow.start_private_thread(by=reader, to=ambassador.user, is_rich=True, **form.cleaned_data)
        messages.success(request, _("Sent. %(name)s gets it by mail too, and can answer from there.") % {"name": ambassador})
        return redirect(thread)
    return render(request, "discussions/thread_start.html", {"form": form, "to": ambassador})


def _who_can_be_written_to(reader: User) -> QuerySet[Ambassador]:
    found: QuerySet[Ambassador] = Ambassador.objects.visible_to(reader).active().filter(user__is_active=True).exclude(user=reader)
    return found.select_related("user")


@require_GET
def thread_detail(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One conversation, with a form to answer."""
    thread = get_object_or_404(_threads_for_page(request), pk=pk)
    if slug != thread.slug:
        return redirect(thread, permanent=False)
    return _thread_page(request, thread, PostReplyForm())


@require_POST
def post_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer in a conversation."""
    thread = get_object_or_404(_threads_for_page(request), pk=pk)
    form = PostReplyForm(request.POST)
    if not form.is_valid():
        return _thread_page(request, thread, form)
    try:
        said = workflow.say(thread, by=cast("User", request.user), body=form.cleaned_data["body"], is_rich=True)
        return redirect(said.get_absolute_url())
    except ValidationError as error:
        form.add_error("body", error)
        return _thread_page(request, thread, form)


@require_POST
def thread_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the reader has read this far (`number`)."""
    thread = get_object_or_404(Thread.objects.visible_to(request.user), pk=pk)
    number = request.POST.get("number", "")
    if not (number.isascii() and number.isdigit() and len(number) < 9):
        raise PermissionDenied(_("Which post was the last one you read?"))
    workflow.mark_read(thread, by=cast("User", request.user), number=int(number))
    return redirect("discussions:private-thread-list" if thread.is_private else thread)


@require_GET
def post_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The permanent address of a post: leads to its place in the conversation."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("thread"), pk=pk)
    start = first_number(str(post.number), post.thread.last_number)
    query = f"?from={start}" if start > 1 or post.thread.last_number > POSTS_A_PAGE else ""
    return redirect(f"{post.thread.get_absolute_url()}{query}#{post.anchor}")


def _threads_for_page(request: HttpRequest) -> QuerySet[Thread]:
    reader = cast("User", request.user)
    found: QuerySet[Thread] = Thread.objects.visible_to(reader).with_people().with_read_number_of(reader)
    return found.select_related("space")


def _others(thread: Thread, reader: User) -> list[User]:
    return [one.person for one in thread.people if one.person_id != reader.pk]


def _thread_page(request: HttpRequest, thread: Thread, form: PostReplyForm) -> HttpResponse:
    reader = cast("User", request.user)
    start = first_number(request.GET.get("from", ""), thread.last_number)
    in_page = Post.objects.visible_to(reader).filter(thread=thread, number__gte=start, number__lt=start + POSTS_A_PAGE)
    read_number: int = getattr(thread, "read_number")  # noqa: B009  annotated by `with_read_number_of`
    others = _others(thread, reader)
    url = reverse("discussions:thread-detail", args=[thread.pk, thread.slug])
    posts = list(in_page.with_author().in_order())
    acts, parts = acts_on_posts(reader, thread, posts), parts_of_posts(reader, thread, posts)
    context = {
        "thread": thread,
        "rows": [{"post": post, "acts": acts.get(post.pk, []), "parts": parts.get(post.pk, [])} for post in posts],
        "posts": posts,
        "acts": acts_on_thread(reader, thread),
        "heads": panels_for(request, "thread-head", thread),
        "feet": panels_for(request, "thread-foot", thread),
        "form": form,
        "others": others,
        "can_answer": any(other.is_active for other in others) if thread.is_private else rules.may_answer(reader, thread),
        "read_number": read_number,
        "is_unread": remembers(reader) and read_number < thread.last_number,
        "earlier_url": f"{url}?from={start - POSTS_A_PAGE}" if start > 1 else "",
        "later_url": f"{url}?from={start + POSTS_A_PAGE}" if start + POSTS_A_PAGE <= thread.last_number else "",
    }
    return render(request, "discussions/thread_detail.html", context)
