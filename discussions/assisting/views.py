"""The pages of an assistant: the conversations of the open spaces, and answers for one ambassador at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ambassadors.assistants.scopes import Scope, for_ambassador
from ambassadors.models import AssistantSeat
from discussions.assisting import workflow
from discussions.assisting.forms import AssistedReplyForm
from discussions.assisting.reading import may_answer, posts_for, threads_for
from discussions.models import PreparedReply, Thread
from discussions.paging import POSTS_A_PAGE, first_number
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User

THREADS_A_PAGE = 25


@for_ambassador
@require_GET
def assisted_list(request: HttpRequest, seat: AssistantSeat) -> HttpResponse:
    """The conversations, the latest first, and what was prepared and waits (`?after=57` goes on after that conversation)."""
    found = threads_for(seat).newest_first()
    asked = request.GET.get("after", "")
    last = found.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() and len(asked) < 18 else None
    threads = list((found.before(last.last_post_at, last.pk) if last else found)[: THREADS_A_PAGE + 1])
    waiting = PreparedReply.objects.visible_to(request.user).waiting_for(seat.ambassador).filter(assistant=request.user.pk)
    context = {
        "seat": seat,
        "threads": threads[:THREADS_A_PAGE],
        "next_url": f"?after={threads[THREADS_A_PAGE - 1].pk}" if len(threads) > THREADS_A_PAGE else "",
        "is_first": last is None,
        "waiting": waiting.select_related("thread") if last is None else (),
    }
    return render(request, "discussions/assisting/assisted_list.html", context)


@for_ambassador
@require_GET
def assisted_thread(request: HttpRequest, seat: AssistantSeat, pk: int) -> HttpResponse:
    """A page of one conversation, and a form to answer it as far as the seat reaches (`?from=21` begins at that post)."""
    return _thread_page(request, seat, _thread(seat, pk))


def _thread_page(
    request: HttpRequest, seat: AssistantSeat, thread: Thread, form: AssistedReplyForm | None = None, status: int = 200
) -> HttpResponse:
    start = first_number(request.GET.get("from", "") or str(thread.last_number), thread.last_number)
    posts = posts_for(seat, thread).filter(number__gte=start, number__lt=start + POSTS_A_PAGE)
    waits = (
        PreparedReply.objects.visible_to(request.user).waiting_for(seat.ambassador).filter(assistant=request.user.pk, thread=thread)
    )
    waiting = waits.first()
    context = {
        "seat": seat,
        "thread": thread,
        "posts": posts,
        "earlier": start - POSTS_A_PAGE if start > 1 else 0,
        "later": start + POSTS_A_PAGE if start + POSTS_A_PAGE <= thread.last_number else 0,
        "may_prepare": may_answer(seat, thread, Scope.PREPARE),
        "may_speak": may_answer(seat, thread, Scope.SPEAK),
        "waiting": waiting,
        "form": form or AssistedReplyForm(initial={"body": waiting.body if waiting else ""}),
    }
    return render(request, "discussions/assisting/assisted_thread.html", context, status=status)


@for_ambassador
@require_POST
def assisted_prepare(request: HttpRequest, seat: AssistantSeat, pk: int) -> HttpResponse:
    """Lay an answer before the ambassador."""
    thread, form = _thread(seat, pk), AssistedReplyForm(request.POST)
    if not form.is_valid():
        return _thread_page(request, seat, thread, form, status=422)
    workflow.prepare(seat, thread, form.cleaned_data["body"], by=cast("User", request.user))
    said = _("%(name)s gets it by mail, and finds it on the desk. It is said when they send it.")
    messages.success(request, said % {"name": seat.ambassador})
    return redirect("discussions:assisted-thread", seat.pk, pk)


@for_ambassador
@require_POST
def assisted_say(request: HttpRequest, seat: AssistantSeat, pk: int) -> HttpResponse:
    """Answer in the ambassador's name."""
    thread, form = _thread(seat, pk), AssistedReplyForm(request.POST)
    if not form.is_valid():
        return _thread_page(request, seat, thread, form, status=422)
    said: dict[str, Any] = form.cleaned_data
    try:
        workflow.speak(seat, thread, said["body"], by=cast("User", request.user), sent_key=said["sent_key"])
    except ValidationError as error:
        form.add_error("body", error)
        return _thread_page(request, seat, thread, form, status=422)
    messages.success(request, _("Said in the name of %(name)s, through you.") % {"name": seat.ambassador})
    return redirect("discussions:assisted-thread", seat.pk, pk)


@for_ambassador
@require_POST
def assisted_withdraw(request: HttpRequest, seat: AssistantSeat, pk: int) -> HttpResponse:
    """Take back what one prepared, before it is sent."""
    own = PreparedReply.objects.visible_to(request.user).filter(ambassador=seat.ambassador, assistant=request.user.pk)
    prepared = get_object_or_404(own, pk=pk)
    try:
        workflow.withdraw(prepared, by=cast("User", request.user))
        messages.success(request, _("Taken back: nobody sends it."))
    except TransitionRefused:
        messages.warning(request, _("It was sent or put aside a moment ago."))
    return redirect("discussions:assisted-list", seat.pk)


def _thread(seat: AssistantSeat, pk: int) -> Thread:
    thread: Thread = get_object_or_404(threads_for(seat), pk=pk)
    return thread
