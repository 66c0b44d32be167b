"""The follow-up desk of those who lead a space: what people answered, and what becomes of it."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from discussions import rules
from discussions.models import FollowUp, Post, Space, Thread
from discussions.prompts import following_up, introducing, suggesting
from discussions.prompts.forms import FollowUpForm, FollowUpSendForm
from discussions.querysets.follow_ups import answers_to_look_at
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User

SHOWN = 25
KINDS = [FollowUp.Kind.CONNECT, FollowUp.Kind.SHARE, FollowUp.Kind.ASK, FollowUp.Kind.CELEBRATE, FollowUp.Kind.HELP]
OPENINGS = {
    FollowUp.Kind.CONNECT: gettext_lazy("You two are on similar work, and may not know it yet: "),
    FollowUp.Kind.SHARE: gettext_lazy("This may be of use for what you are working on: "),
    FollowUp.Kind.ASK: gettext_lazy("How did it go with "),
    FollowUp.Kind.CELEBRATE: gettext_lazy("This is worth stopping for a moment: "),
    FollowUp.Kind.HELP: gettext_lazy("You wrote that you are stuck. Would it help if "),
}


@require_GET
def follow_up_list(request: HttpRequest) -> HttpResponse:
    """What is due, the answers that nobody has looked at yet, and what waits for its day (`?prompt=` of one series)."""
    reader = cast("User", request.user)
    if not Space.objects.led_by(reader).exists():  # unscoped: those that the reader runs
        raise PermissionDenied(_("This page is for people who lead a space."))
    waiting = FollowUp.objects.visible_to(reader).waiting().select_related("post__thread", "post__author", "other")
    answers = answers_to_look_at(reader).select_related("thread__space", "author").order_by("posted_at", "pk")
    if (series := request.GET.get("prompt", "")).isascii() and series.isdecimal() and len(series) < 9:
        waiting = waiting.filter(post__thread__prompt_round__prompt=int(series))
        answers = answers.filter(thread__prompt_round__prompt=int(series))
    now = timezone.now()
    due, later = waiting.filter(due_at__lte=now), waiting.filter(due_at__gt=now)
    shown = list(answers[: SHOWN + 1])
    context = {
        "due": [{"one": one, "form": FollowUpSendForm(initial={"text": one.text}, prefix=str(one.pk))} for one in due[:SHOWN]],
        "answers": shown[:SHOWN],
        "has_more": len(shown) > SHOWN,
        "later": later[:SHOWN],
    }
    return render(request, "discussions/prompts/follow_up_list.html", context)


@require_http_methods(["GET", "POST"])
def follow_up_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about one answer, now or on a later day (`?kind=` begins the words)."""
    reader, post = cast("User", request.user), _answer(request, pk)
    form = _form(request, post)
    if request.method == "POST" and form.is_valid() and (done := _follow_up(request, post, form)):
        return done
    context = {
        "post": post,
        "form": form,
        "kinds": [(kind.value, kind.label) for kind in KINDS],
        "matches": introducing.matches_for(post, reader),
        "before": FollowUp.objects.visible_to(reader).filter(post=post).select_related("by", "sent_in").order_by("pk"),
    }
    return render(request, "discussions/prompts/follow_up_start.html", context)


@require_POST
def follow_up_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that one answer needs nothing."""
    post = _answer(request, pk)
    try:
        following_up.settle(post, by=cast("User", request.user))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    return redirect("discussions:follow-up-list")


@require_POST
def follow_up_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send what was planned, perhaps in other words."""
    one = _found(request, pk)
    form = FollowUpSendForm(request.POST, prefix=str(one.pk))
    words = form.cleaned_data["text"] if form.is_valid() else ""
    return _said(request, lambda: following_up.send(one, by=cast("User", request.user), text=words), _("Sent, and done."))


@require_POST
def follow_up_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it be."""
    one = _found(request, pk)
    return _said(request, lambda: following_up.drop(one, by=cast("User", request.user)), _("Dropped. Nobody is told."))


def _said(request: HttpRequest, move: Any, said: str) -> HttpResponse:
    try:
        move()
        messages.success(request, said)
    except TransitionRefused:
        messages.warning(request, _("Somebody was quicker: it is done already."))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    return redirect("discussions:follow-up-list")


def _form(request: HttpRequest, post: Post) -> FollowUpForm:
    asked = request.GET.get("kind", "")
    kind = asked if asked in OPENINGS else FollowUp.Kind.ASK
    opening = str(OPENINGS[FollowUp.Kind(kind)]) if asked in OPENINGS else ""
    initial = {"kind": kind, "text": opening, "other": request.GET.get("other", "")[:120].replace("\0", "")}
    assert post.thread.space is not None  # noqa: S101  a prompt is always in a space
    return FollowUpForm(request.POST or None, people=suggesting.candidates(post.thread.space), initial=initial)


def _follow_up(request: HttpRequest, post: Post, form: FollowUpForm) -> HttpResponse | None:
    """Plan it, and send it where no later day was chosen; None with an error on the form."""
    by, data = cast("User", request.user), form.cleaned_data
    due_at = timezone.make_aware(datetime.combine(data["day"], time(7))) if data["day"] else None
    try:
        one = following_up.plan(
            post, by=by, kind=data["kind"], text=data["text"], is_public=data["is_public"], other=data["other"], due_at=due_at
        )
        if due_at is None:
            following_up.send(one, by=by)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    messages.success(request, _("Noted: it comes back on its day.") if due_at else _("Sent, and done."))
    return redirect("discussions:follow-up-list")


def _answer(request: HttpRequest, pk: int) -> Post:
    posts = Post.objects.visible_to(request.user).filter(thread__kind=Thread.Kind.PROMPT, number__gt=1, status="shown")
    post = get_object_or_404(posts.select_related("thread__space", "author"), pk=pk)
    if not rules.leads(cast("User", request.user), post.thread.space):
        raise PermissionDenied(_("Answers to prompts are followed up by those who lead the space."))
    return post


def _found(request: HttpRequest, pk: int) -> FollowUp:
    rows = FollowUp.objects.visible_to(request.user).select_related("post__thread__space", "post__author", "other")
    return get_object_or_404(rows, pk=pk)
