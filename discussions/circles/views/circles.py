"""Circles to look at and to run: all of them, one with its meetings, opening one, when it meets, whom to invite."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from discussions.circles import inviting, rules, timetable, workflow
from discussions.circles.forms import CircleEditForm, CircleOpenForm
from discussions.models import Circle
from foundation.models import RoleLabel
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User

AHEAD = 8
MOST = 100


def known_circle(request: HttpRequest, slug: str) -> Circle:
    """The circle of an address; of one that the reader may not know of, the answer is the one of none."""
    return get_object_or_404(Circle.objects.visible_to(request.user).with_timetable(), space__slug=slug)


@require_GET
def circle_list(request: HttpRequest) -> HttpResponse:
    """The circles that the reader may know of, with when each meets; their own first."""
    reader, now = cast("User", request.user), timezone.now()
    circles = Circle.objects.visible_to(reader).active().own_first(reader).with_timetable()
    rows = [_row(circle, now) for circle in circles[:MOST]]
    return render(request, "discussions/circles/circle_list.html", {"rows": rows, "may_open": rules.may_open(reader)})


def _row(circle: Circle, now: datetime) -> dict[str, object]:
    ahead = [one for one in timetable.coming(circle, now, 4) if not one.is_called_off]
    cadence = timetable.cadence_in_words(timetable.in_force(circle))
    return {"circle": circle, "cadence": cadence, "next": ahead[0] if ahead else None}


@require_http_methods(["GET", "POST"])
def circle_open(request: HttpRequest) -> HttpResponse:
    """Open a circle for one role label, and invite those who have it."""
    reader = cast("User", request.user)
    if not rules.may_open(reader):
        raise PermissionDenied(_("Circles are opened by the support team."))
    labels = RoleLabel.objects.visible_to(reader).offered()
    form = CircleOpenForm(
        request.POST or None, labels=labels, initial={"time_zone": reader.time_zone, "starts_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "purpose", "openness", "place")}
        circle = workflow.open_circle(form.cleaned_data["label"], by=reader, cadence=form.cadence(), **said)
        messages.success(request, _("“%(circle)s” is there, and you lead it.") % {"circle": circle.space})
        if form.cleaned_data["invites"]:
            _say_how_many(request, inviting.invite_by_label(circle, by=reader))
        return redirect(circle)
    return render(request, "discussions/circles/circle_open.html", {"form": form})


@require_GET
def circle_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """When a circle meets next; for its people also where, for whoever runs it what there is to do."""
    circle, reader, now = known_circle(request, slug), cast("User", request.user), timezone.now()
    may_invite = rules.may_invite(reader, circle)
    context = {
        "circle": circle,
        "space": circle.space,
        "is_inside": rules.is_inside(reader, circle),
        "runs": rules.runs(reader, circle),
        "may_invite": may_invite,
        "to_invite": inviting.whom_to_invite(circle).count() if may_invite else 0,
        "cadence": timetable.cadence_in_words(timetable.in_force(circle)),
        "minutes": timetable.in_force(circle).minutes,
        "meetings": [] if circle.space.has_ended else timetable.coming(circle, now, AHEAD),
    }
    return render(request, "discussions/circles/circle_detail.html", context)


@require_http_methods(["GET", "POST"])
def circle_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change when the circle meets, or where. Nobody is invited anew; its people are told of another cadence, once."""
    circle, reader = known_circle(request, slug), cast("User", request.user)
    if not rules.runs(reader, circle):
        raise PermissionDenied(_("When a circle meets is for those who lead it, and for the support team."))
    form = CircleEditForm(request.POST or None, circle=circle)
    if request.method == "POST" and form.is_valid():
        workflow.set_place(circle, by=reader, place=form.cleaned_data["place"])
        is_another = workflow.change_cadence(circle, by=reader, **form.cadence())
        said = _("Saved. Calendars follow by themselves, and its people are told in one mail.") if is_another else _("Saved.")
        messages.success(request, said)
        return redirect(circle)
    return render(request, "discussions/circles/circle_edit.html", {"form": form, "circle": circle, "space": circle.space})


@require_POST
def circle_invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite those who have the label by now and were not invited before."""
    circle = known_circle(request, slug)
    try:
        _say_how_many(request, inviting.invite_by_label(circle, by=cast("User", request.user)))
    except TransitionRefused as error:
        messages.warning(request, str(error))
    return redirect(circle)


def _say_how_many(request: HttpRequest, number: int) -> None:
    if not number:
        messages.info(request, _("There is nobody with this label whom you have not invited yet."))
        return
    messages.success(
        request, ngettext("%d person is invited, by mail too.", "%d people are invited, by mail too.", number) % number
    )
