"""What an ambassador does with the seats they give, and where an assistant chooses for whom they are here."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ambassadors.assistants import rules, workflow
from ambassadors.assistants.forms import SeatOfferForm, SeatScopesForm
from ambassadors.assistants.scopes import for_ambassador
from ambassadors.models import AssistantRules, AssistantSeat
from foundation.access import signed_in
from foundation.models import HistoryEntry
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User

MOST_LINES = 100


@require_GET
def assistant_list(request: HttpRequest) -> HttpResponse:
    """The seats that one gave, and a form to give one."""
    return _list_page(request, SeatOfferForm())


def _list_page(request: HttpRequest, form: SeatOfferForm, status: int = 200) -> HttpResponse:
    me = cast("User", request.user)
    seats = list(AssistantSeat.objects.visible_to(me).given_by(me))
    context = {
        "seats": [seat for seat in seats if seat.is_open],
        "past": [seat for seat in seats if not seat.is_open],
        "may_give": rules.may_give(me),
        "are_allowed": AssistantRules.current().are_allowed,
        "form": form,
    }
    return render(request, "ambassadors/assistants/assistant_list.html", context, status=status)


@require_POST
def assistant_offer(request: HttpRequest) -> HttpResponse:
    """Offer a seat to somebody by mail."""
    me, form = cast("User", request.user), SeatOfferForm(request.POST)
    if not form.is_valid():
        return _list_page(request, form, status=422)
    try:
        seat = workflow.offer(form.cleaned_data["name"], form.cleaned_data["email"], by=me, **form.scopes())
    except ValidationError as error:
        form.add_error("email", error)
        return _list_page(request, form, status=422)
    messages.success(
        request, _("%(name)s gets the offer by mail. Nothing is open to them before they have taken it.") % {"name": seat.name}
    )
    return redirect("ambassadors:assistant-list")


@require_GET
def assistant_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What one assistant may do, and everything that they did."""
    return _detail_page(request, _own_seat(request, pk))


def _detail_page(request: HttpRequest, seat: AssistantSeat) -> HttpResponse:
    me = cast("User", request.user)
    did = (
        HistoryEntry.objects.visible_to(me).about(me).filter(actor=seat.assistant)
        if seat.assistant_id
        else HistoryEntry.objects.none()
    )
    form = SeatScopesForm(initial={"may_prepare": seat.may_prepare, "may_speak": seat.may_speak})
    context = {"seat": seat, "form": form, "did": did[:MOST_LINES]}
    return render(request, "ambassadors/assistants/assistant_detail.html", context)


@require_POST
def assistant_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the assistant do more, or less."""
    seat, form = _own_seat(request, pk), SeatScopesForm(request.POST)
    form.is_valid()  # two boxes, which are ticked or not
    try:
        workflow.change(seat, by=cast("User", request.user), **form.scopes())
        messages.success(request, _("Saved. It holds from this moment."))
    except TransitionRefused:
        messages.warning(request, _("The seat is over: there is nothing left to change."))
    return redirect("ambassadors:assistant-detail", pk)


@require_POST
def assistant_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the seat back."""
    seat = _own_seat(request, pk)
    try:
        workflow.revoke(seat, by=cast("User", request.user))
    except TransitionRefused as error:
        raise PermissionDenied(_("The seat is over already.")) from error
    messages.success(
        request, _("The seat is taken back. %(name)s can do nothing for you any more, from this moment.") % {"name": seat.name}
    )
    return redirect("ambassadors:assistant-list")


def _own_seat(request: HttpRequest, pk: int) -> AssistantSeat:
    me = cast("User", request.user)
    rows = AssistantSeat.objects.visible_to(me).given_by(me).select_related("assistant")
    seat: AssistantSeat = get_object_or_404(rows, pk=pk)
    return seat


@signed_in
@require_GET
def seat_list(request: HttpRequest) -> HttpResponse:
    """For whom an assistant is here. Whoever has no seat finds no such page."""
    mine = AssistantSeat.objects.visible_to(request.user).filter(assistant=request.user.pk)
    if not mine.exists():
        raise Http404
    seats = list(
        AssistantSeat.objects.visible_to(request.user)
        .open_to(request.user)
        .select_related("ambassador")
        .order_by("ambassador__sort_name", "pk")
    )
    return render(request, "ambassadors/assistants/seat_list.html", {"seats": seats})


@for_ambassador
@require_POST
def seat_leave(request: HttpRequest, seat: AssistantSeat) -> HttpResponse:
    """Give the seat up."""
    workflow.leave(seat, by=cast("User", request.user))
    logout(request)
    messages.success(request, _("You have given the seat up, and you are signed out."))
    return redirect("community:home")
