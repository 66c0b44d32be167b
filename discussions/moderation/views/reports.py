"""Reports: to make one, to see one's own, and to handle those of others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from discussions.models import Post, Report, ReportNote
from discussions.moderation import reporting, rules
from discussions.moderation.forms import PostReportForm, ReportNoteForm, ReportSettleForm
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.forms import Form

    from ambassadors.models import User

SHOWN = 30


@require_http_methods(["GET", "POST"])
def post_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask those who handle reports to look at a post."""
    reader = cast("User", request.user)
    post = get_object_or_404(Post.objects.visible_to(reader).with_author().select_related("thread"), pk=pk)
    if not rules.may_report(reader, post):
        raise Http404
    form = PostReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = reporting.report(post, by=reader, **{name: form.cleaned_data[name] for name in ("reason", "words")})
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Thank you. Somebody looks at it, and you hear from them."))
            return redirect(made)
    return render(request, "discussions/moderation/post_report.html", {"form": form, "post": post})


@require_GET
def report_list(request: HttpRequest) -> HttpResponse:
    """The reports that one handles, what waits first; and those that one made."""
    reader = cast("User", request.user)
    handled = _with_people(Report.objects.visible_to(reader).handled_by(reader))
    own = Report.objects.visible_to(reader).filter(reporter=reader.pk)
    context = {
        "waiting": handled.open().order_by("created_at", "pk")[:SHOWN],
        "settled": handled.settled().order_by("-settled_at", "-pk")[:SHOWN],
        "own": own.order_by("-created_at", "-pk")[:SHOWN],
    }
    return render(request, "discussions/moderation/report_list.html", context)


@require_GET
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: as its handler, with the words and the notes; as the one who made it, with what comes of it."""
    return _page(request, _found(request, pk))


@require_POST
def report_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one looks at it."""
    return _moved(request, pk, reporting.take)


@require_POST
def report_give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave it to the other handlers."""
    return _moved(request, pk, reporting.give_back)


@require_POST
def report_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own report back."""
    return _moved(request, pk, reporting.withdraw)


@require_POST
def report_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write something down for the other handlers."""
    found, form = _found(request, pk), ReportNoteForm(request.POST)
    if not form.is_valid():
        return _page(request, found, note=form)
    reporting.note(found, form.cleaned_data["words"], by=cast("User", request.user))
    return redirect(found)


@require_POST
def report_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how it ends, and what the one who reported is told."""
    found, form = _found(request, pk), ReportSettleForm(request.POST)
    if not form.is_valid():
        return _page(request, found, settle=form)
    return _moved(request, pk, reporting.settle, **form.cleaned_data)


def _with_people(reports: QuerySet[Report]) -> Any:
    return reports.select_related("reporter", "reported", "handler", "post__thread__space")


def _found(request: HttpRequest, pk: int) -> Report:
    found: Report = get_object_or_404(_with_people(Report.objects.visible_to(request.user)), pk=pk)
    return found


def _moved(request: HttpRequest, pk: int, act: Callable[..., None], **fields: Any) -> HttpResponse:
    found = _found(request, pk)
    try:
        act(found, by=request.user, **fields)
    except TransitionRefused:
        messages.error(request, _("Somebody else was quicker: this is how it stands now."))
    return redirect(found)


def _page(request: HttpRequest, found: Report, *, note: Form | None = None, settle: Form | None = None) -> HttpResponse:
    reader = cast("User", request.user)
    context: dict[str, Any] = {"report": found}
    if rules.handles(reader, found):
        # Of a private conversation a handler sees the reported words alone: no way leads from here into the rest.
        readable = Post.objects.visible_to(reader).filter(pk=found.post_id)
        context |= {
            "handles": True,
            "post_url": found.post.get_absolute_url() if readable.exists() else "",
            "notes": ReportNote.objects.visible_to(reader).filter(report=found).select_related("author"),
            "others": Report.objects.visible_to(reader).handled_by(reader).filter(post=found.post_id).exclude(pk=found.pk),
            "note_form": note or ReportNoteForm(auto_id="note_%s"),
            "settle_form": settle or ReportSettleForm(auto_id="settle_%s"),
            "has_in_hand": found.handler_id == reader.pk,
        }
    template = "report_handle" if context.get("handles") else "report_detail"
    return render(request, f"discussions/moderation/{template}.html", context)
