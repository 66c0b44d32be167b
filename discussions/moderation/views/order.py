"""Locking, pinning, hiding and restoring, and what was done in a conversation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from discussions.models import Post, Report, Thread
from discussions.moderation import history, rules, workflow
from discussions.moderation.forms import LockForm, ReasonForm
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from django.forms import Form

    from ambassadors.models import User


@require_http_methods(["GET", "POST"])
def thread_lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock a conversation, perhaps with a word to its readers."""
    thread, form = led_thread(request, pk), LockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return done(request, thread, workflow.lock, reason=form.cleaned_data["reason"])
    text = _("It can be read, and nothing can be added, until you unlock it.")
    return _ask(request, form, thread, title=_("Lock this conversation"), text=text, label=_("Lock it"))


@require_POST
def thread_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Let people go on."""
    return done(request, led_thread(request, pk), workflow.unlock)


@require_POST
def thread_pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep it at the top of its space."""
    return done(request, led_thread(request, pk), workflow.pin)


@require_POST
def thread_unpin(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it go down the list again."""
    return done(request, led_thread(request, pk), workflow.unpin)


@require_http_methods(["GET", "POST"])
def thread_hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a conversation out of sight, with a reason."""
    thread, form = led_thread(request, pk), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return done(request, thread, workflow.hide_thread, reason=form.cleaned_data["reason"])
    text = _("Only those who lead this space see it then, with all that was said in it. You can restore it.")
    return _ask(request, form, thread, title=_("Hide this conversation"), text=text, label=_("Hide it"))


@require_POST
def thread_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it again."""
    return done(request, led_thread(request, pk), workflow.restore_thread)


@require_http_methods(["GET", "POST"])
def post_hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the words of a post out of sight, with a reason."""
    post, form = _post(request, pk), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return done(request, post, workflow.hide_post, _way_back(request, post), reason=form.cleaned_data["reason"])
    text = _("Its place stays, and says that it was hidden. Its author still reads it, and so do those who lead the space.")
    return _ask(request, form, post, title=_("Hide this post"), text=text, label=_("Hide it"))


@require_POST
def post_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Show its words again."""
    post = _post(request, pk)
    return done(request, post, workflow.restore_post, _way_back(request, post))


@require_GET
def thread_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done in a conversation, for those who lead its space."""
    thread = led_thread(request, pk)
    lines = history.lines_of(cast("User", request.user), thread)[: history.SHOWN]
    return render(request, "discussions/moderation/thread_history.html", {"thread": thread, "lines": lines})


def led_thread(request: HttpRequest, pk: int) -> Thread:
    """The thread, for who leads its space: 404 where they do not see it, 403 where they do not lead."""
    thread: Thread = get_object_or_404(Thread.objects.visible_to(request.user).select_related("space", "started_by"), pk=pk)
    if not rules.leads_thread(cast("User", request.user), thread):
        raise PermissionDenied(_("This is for those who lead the space."))
    return thread


def done(request: HttpRequest, row: Thread | Post, act: Callable[..., Any], back: Any = None, **fields: Any) -> HttpResponse:
    """Do it; where somebody else was quicker, say so."""
    try:
        act(row, by=request.user, **fields)
    except TransitionRefused:
        messages.error(request, _("Somebody else was quicker: this is how it stands now."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(back or row)


def _post(request: HttpRequest, pk: int) -> Post:
    """A post that the reader sees, or of which they handle a report: of a private one they may see nothing else."""
    reader = cast("User", request.user)
    posts: Any = Post.objects.visible_to(reader) | Post.objects.filter(  # unscoped: those whose report the reader handles
        pk__in=Report.objects.visible_to(reader).handled_by(reader).values("post")
    )
    post: Post = get_object_or_404(posts.select_related("thread__space", "author").distinct(), pk=pk)
    if not rules.may_hide(reader, post):
        raise PermissionDenied(_("This is for those who lead the space."))
    return post


def _way_back(request: HttpRequest, post: Post) -> Post | Report:
    """To the post, or, for who may not see it, to the report of it."""
    if Post.objects.visible_to(request.user).filter(pk=post.pk).exists():
        return post
    report = Report.objects.visible_to(request.user).filter(post=post.pk).order_by("-pk").first()
    if report is None:
        raise Http404
    return report


def _ask(request: HttpRequest, form: Form, row: Thread | Post, **texts: str) -> HttpResponse:
    back = _way_back(request, row).get_absolute_url() if isinstance(row, Post) else row.get_absolute_url()
    said = row if isinstance(row, Post) else None
    context = {"form": form, "back": back, "said": said, "subject": "" if said else row, **texts}
    return render(request, "discussions/moderation/ask_why.html", context)
