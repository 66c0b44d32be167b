"""What an author and a reader do with a post that is there. Each button leads back to the post."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from discussions import rules
from discussions.forms import PostEditForm
from discussions.models import Bookmark, Post, PostRevision
from discussions.posts import workflow
from discussions.posts.editions import editions_of
from discussions.posts.paging import page_of_bookmarks
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User


@require_http_methods(["GET", "POST"])
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Say it differently. Whoever edited meanwhile in another window sees both and decides."""
    reader, post = cast("User", request.user), _post(request, pk)
    if not rules.may_edit(reader, post):
        raise PermissionDenied(_("Authors change what they said, while the conversation is open."))
    form = PostEditForm(request.POST or None, request.FILES or None, post=post)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(workflow.edit(post, by=reader, is_rich=True, **form.cleaned_data))
        except workflow.EditConflict as conflict:
            form = PostEditForm(_with_revision(request, post), post=post)
            form.add_error("body", conflict)
            context = {"form": form, "post": post, "is_conflict": True}
            return render(request, "discussions/posts/post_edit.html", context, status=409)
        except ValidationError as error:
            form.add_error("body", error)
    return render(request, "discussions/posts/post_edit.html", {"form": form, "post": post})


def _with_revision(request: HttpRequest, post: Post) -> Any:
    data = request.POST.copy()
    data["revision"] = str(post.revision)
    return data


@require_GET
def revision_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What a post said before, and what changed each time: for whoever reads the post."""
    post = _post(request, pk)
    revisions = PostRevision.objects.visible_to(request.user).filter(post=post)
    context = {"post": post, "editions": editions_of(post, revisions)}
    return render(request, "discussions/posts/revision_list.html", context)


@require_POST
def post_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's words back."""
    return _done(request, pk, workflow.withdraw)


@require_POST
def post_put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back what one took back."""
    return _done(request, pk, workflow.restore)


@require_POST
def post_thank(request: HttpRequest, pk: int) -> HttpResponse:
    """Say thank you to the author alone."""
    return _done(request, pk, workflow.thank)


@require_POST
def post_unthank(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's thanks back."""
    return _done(request, pk, workflow.unthank)


@require_POST
def post_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a post for oneself."""
    return _done(request, pk, workflow.keep)


@require_POST
def post_let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a post no longer."""
    return _done(request, pk, workflow.let_go)


@require_GET
def bookmark_list(request: HttpRequest) -> HttpResponse:
    """What the reader keeps, the latest first."""
    reader = cast("User", request.user)
    kept, next_url = page_of_bookmarks(reader, after=request.GET.get("after", ""))
    context = {"kept": kept, "next_url": next_url, "is_first": "after" not in request.GET}
    return render(request, "discussions/posts/bookmark_list.html", context)


@require_POST
def bookmark_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a post off one's list, also one that can no longer be read."""
    get_object_or_404(Bookmark.objects.visible_to(request.user), pk=pk).delete()
    return redirect("discussions:bookmark-list")


def _post(request: HttpRequest, pk: int) -> Post:
    posts = Post.objects.visible_to(request.user).with_author().select_related("thread__space", "author__ambassador")
    post: Post = get_object_or_404(posts, pk=pk)
    return post


def _done(request: HttpRequest, pk: int, act: Callable[..., None]) -> HttpResponse:
    post = _post(request, pk)
    try:
        act(post, by=cast("User", request.user))
    except TransitionRefused as moved:  # it was pressed twice, or in another window
        raise PermissionDenied(_("The post is not as it was when the page was made. Look at it again.")) from moved
    return redirect(post)
