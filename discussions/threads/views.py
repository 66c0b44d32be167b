"""Beginning conversations, who takes part in private ones, and the answer that helped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from discussions import workflow
from discussions.models import SEATS, Post, Thread
from discussions.posts.beginnings import beginning_of, drop_beginning, initial_of, whom
from discussions.threads import helping, people
from discussions.threads.forms import ParticipantAddForm, PrivateThreadForm, SpaceThreadForm
from discussions.threads.rows import ThreadRow, thread_for
from foundation.place import stand_at

if TYPE_CHECKING:
    from ambassadors.models import Ambassador, User


@require_http_methods(["GET", "POST"])
def thread_start(request: HttpRequest) -> HttpResponse:
    """Begin a conversation in a space (`?space=<slug>`), or write to ambassadors (`?to=<slug>`, several times for several)."""
    slugs = list(dict.fromkeys(slug.replace("\0", "") for slug in request.GET.getlist("to") if slug))
    return _start_private(request, slugs) if slugs else _start_in_space(request)


def _start_in_space(request: HttpRequest) -> HttpResponse:
    reader = cast("User", request.user)
    asked = {name: request.GET[name].replace("\0", "") for name in ("space", "kind", "subject") if name in request.GET}
    begun = beginning_of(reader)
    form = SpaceThreadForm(request.POST or None, request.FILES or None, reader=reader, initial=initial_of(begun) | asked)
    if request.method == "POST" and form.is_valid():
        thread = workflow.start_thread(form.cleaned_data.pop("space"), by=reader, is_rich=True, **form.cleaned_data)
        drop_beginning(by=reader)
        return redirect(thread)
    return render(request, "discussions/threads/space_thread_start.html", {"form": form, "begun": begun})


def _start_private(request: HttpRequest, slugs: list[str]) -> HttpResponse:
    reader, own = cast("User", request.user), getattr(request.user, "ambassador", None)
    if request.method != "POST" and own is not None and slugs == [own.slug]:
        return redirect(own)  # the preview of one's profile has the button that others get
    stand_at(request, "discussions:private-thread-list")
    to, key = _people_called(reader, slugs), whom(slugs)
    begun = beginning_of(reader, key)
    form = PrivateThreadForm(request.POST or None, request.FILES or None, reader=reader, named=len(to), initial=initial_of(begun))
    if request.method == "POST" and form.is_valid():
        also = [one.user for one in to[1:]] + form.cleaned_data.pop("also")
        try:
            thread = workflow.start_private_thread(by=reader, to=to[0].user, also=also, is_rich=True, **form.cleaned_data)
        except workflow.PostNotTaken as error:
            form.add_error(None, error)
        else:
            drop_beginning(by=reader, to=key)
            messages.success(request, _sent([to[0].user, *also]))
            return redirect(thread)
    context = {"form": form, "to": to[0], "people": to, "begun": begun, "begun_to": key}
    return render(request, "discussions/thread_start.html", context)


def _people_called(reader: User, slugs: list[str]) -> list[Ambassador]:
    if len(slugs) >= SEATS:
        raise Http404
    return [get_object_or_404(people.can_be_written_to(reader), slug=slug) for slug in slugs]


def _sent(to: list[User]) -> str:
    others = list(dict.fromkeys(to))
    if len(others) == 1:
        return _("Sent. %(name)s gets it by mail too, and can answer from there.") % {"name": others[0]}
    return _("Sent. All %(number)d get it by mail too, and can answer from there.") % {"number": len(others)}


@require_GET
def participant_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who takes part in a private conversation; here one adds somebody, or leaves."""
    return _people_page(request, _private_row(request, pk))


@require_POST
def participant_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add people to a private conversation."""
    row, reader = _private_row(request, pk), cast("User", request.user)
    form = ParticipantAddForm(request.POST, reader=reader)
    if not form.is_valid():
        return _people_page(request, row, form)
    try:
        added = people.add_people(row.thread, form.cleaned_data["names"], by=reader)
    except ValidationError as error:
        form.add_error("names", error)
        return _people_page(request, row, form)
    number = len(added)
    said = ngettext("%d person has joined; everybody is told by mail.", "%d people have joined; everybody is told by mail.", number)
    messages.success(request, said % number if number else _("They take part already."))
    return redirect(row.thread)


@require_POST
def participant_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a private conversation."""
    row = _private_row(request, pk)
    people.leave(row.thread, by=cast("User", request.user))
    messages.success(request, _("You have left “%s”.") % row.thread.subject)
    return redirect("discussions:private-thread-list")


@require_POST
def post_mark_helpful(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that this answer helped."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("thread__space"), pk=pk)
    helping.mark_helpful(post, by=cast("User", request.user))
    return redirect(post)


@require_POST
def thread_clear_helpful(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back which answer helped."""
    thread = get_object_or_404(Thread.objects.visible_to(request.user).select_related("space"), pk=pk)
    helping.clear_helpful(thread, by=cast("User", request.user))
    return redirect(thread)


def _private_row(request: HttpRequest, pk: int) -> ThreadRow:
    row = thread_for(cast("User", request.user), pk)
    if row is None or not row.thread.is_private:
        raise Http404
    return row


def _people_page(request: HttpRequest, row: ThreadRow, form: ParticipantAddForm | None = None) -> HttpResponse:
    stand_at(request, "discussions:private-thread-list")
    reader = cast("User", request.user)
    context: dict[str, Any] = {
        "thread": row.thread,
        "others": row.others(reader),
        "comings": people.comings_of(row.thread),
        "free": SEATS - len(row.seats),
        "form": form or ParticipantAddForm(reader=reader),
    }
    return render(request, "discussions/threads/participant_list.html", context)
