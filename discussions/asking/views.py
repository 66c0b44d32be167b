"""Pages of Ask Me Abouts: the series, and one session from its first words to its last day."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from discussions.asking import sessions
from discussions.asking.forms import AskMeAboutForm, ExtendForm
from discussions.asking.rules import hosts, may_prepare, runs
from discussions.asking.windows import through
from discussions.models import AskMeAbout
from discussions.moments import in_words
from foundation.richtext import safe
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User

PAST = 10


@require_GET
def ask_me_about_list(request: HttpRequest) -> HttpResponse:
    """The series: what is open first, what comes, and what has been, some at a time."""
    found = AskMeAbout.objects.visible_to(request.user).with_cast().with_counts()
    past = list(_after(found.past(), request.GET.get("after", ""))[: PAST + 1])
    lines = [_line(one) for one in past[:PAST]]
    context = {
        "open": [_line(one) for one in found.open_now().order_by("closes_at", "pk")],
        "coming": [_line(one) for one in found.coming().order_by("opens_at", "pk")],
        "own": list(found.filter(host=request.user.pk, status="preparing").order_by("opens_at", "pk")),
        "past": lines,
        "next_url": f"?{urlencode({'after': past[PAST - 1].pk})}" if len(past) > PAST else "",
    }
    return render(request, "discussions/asking/ask_me_about_list.html", context)


def _after(past: QuerySet[AskMeAbout], pk: str) -> QuerySet[AskMeAbout]:
    """Those that closed before the one with this key."""
    last = past.filter(pk=int(pk)).first() if pk.isascii() and pk.isdigit() and len(pk) < 12 else None
    return past if last is None else past.filter(Q(closes_at__lt=last.closes_at) | Q(closes_at=last.closes_at, pk__lt=last.pk))


def _line(session: AskMeAbout) -> dict[str, object]:
    return {
        "session": session,
        "through": through(session),
        "opens": in_words(session.opens_at),
        "takes_answers": session.takes_answers,
    }


def _session(request: HttpRequest, pk: int) -> AskMeAbout:
    return get_object_or_404(AskMeAbout.objects.visible_to(request.user).with_cast(), pk=pk)


@require_GET
def ask_me_about_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One that was announced, to whom its thread is not there yet; whoever sees the thread is led to it."""
    session = _session(request, pk)
    reader = cast("User", request.user)
    if session.status != AskMeAbout.Status.BOOKED or hosts(reader, session):
        return redirect(session)
    questions = [line.strip() for line in session.opening.splitlines() if line.strip()]
    said = {"through": through(session), "opens": in_words(session.opens_at), "introduction": safe(session.introduction)}
    return render(request, "discussions/asking/ask_me_about_detail.html", {"session": session, "questions": questions, **said})


@require_http_methods(["GET", "POST"])
def ask_me_about_prepare(request: HttpRequest) -> HttpResponse:
    """Begin to prepare a session: as its host, or for somebody else as one who leads the space."""
    reader = cast("User", request.user)
    form = AskMeAboutForm(request.POST or None, reader=reader)
    if request.method == "POST" and form.is_valid():
        try:
            host = form.cleaned_data.get("host") or reader
            session = sessions.prepare(form.cleaned_data["space"], form.plan(), host=host, by=reader)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Kept. Read it as others will, and announce it when it is ready."))
            return redirect(session)
    return render(request, "discussions/asking/ask_me_about_form.html", {"form": form, "session": None})


@require_http_methods(["GET", "POST"])
def ask_me_about_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Word it, or give it other days, until it opens."""
    session, reader = _session(request, pk), cast("User", request.user)
    if session.status not in {"preparing", "booked"} or not may_prepare(reader, session):
        raise PermissionDenied(_("It can be worded by its host until it opens; then the first post can be edited."))
    form = AskMeAboutForm(request.POST or None, reader=reader, session=session)
    if request.method == "POST" and form.is_valid():
        try:
            sessions.rewrite(session, form.plan(), by=reader)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Changed."))
            return redirect(session)
    return render(request, "discussions/asking/ask_me_about_form.html", {"form": form, "session": session})


@require_POST
def ask_me_about_announce(request: HttpRequest, pk: int) -> HttpResponse:
    """Announce it, as its host has read it (`revision`)."""
    session = _session(request, pk)
    revision = request.POST.get("revision", "")
    try:
        read = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 9 else 0
        sessions.book(session, revision=read, by=cast("User", request.user))
        messages.success(request, _("Announced. It opens by itself on %(moment)s.") % {"moment": in_words(session.opens_at)})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except TransitionRefused:
        messages.error(request, _("It was changed meanwhile. Read it once more, please."))
    return redirect(session)


@require_POST
def ask_me_about_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open it now, within its days."""
    session = _session(request, pk)
    try:
        sessions.open_session(session, by=cast("User", request.user))
        messages.success(request, _("It is open. Whoever follows the space hears of it."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except TransitionRefused:
        messages.info(request, _("It is open already."))
    return redirect(session)


@require_POST
def ask_me_about_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw one away that was never opened."""
    try:
        sessions.discard(_session(request, pk), by=cast("User", request.user))
        messages.success(request, _("Thrown away. Nobody was told."))
    except TransitionRefused:
        messages.error(request, _("It has been opened by now."))
    return redirect("discussions:ask-me-about-list")


@require_http_methods(["GET", "POST"])
def ask_me_about_extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep it open longer, for everybody."""
    session, reader = _session(request, pk), cast("User", request.user)
    if session.status in {"preparing", "booked"} or not runs(reader, session):
        raise PermissionDenied(_("Its host keeps it open longer, or whoever leads the space."))
    form = ExtendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sessions.extend(session, form.cleaned_data["closes_on"], by=reader)
        except ValidationError as error:
            form.add_error("closes_on", error)
        else:
            messages.success(request, _("It is open %(through)s.") % {"through": through(session)})
            return redirect(session)
    said = {"form": form, "session": session, "through": through(session)}
    return render(request, "discussions/asking/ask_me_about_extend.html", said)
