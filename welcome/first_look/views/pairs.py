"""Preparing a first look: who takes part, who looks together, opening and closing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from foundation.workflow import TransitionRefused
from welcome.first_look import opening, page, preparing, rules
from welcome.first_look.forms import LookInviteForm, LookJoinForm, LookPairForm
from welcome.first_look.views.looks import look_run, reader_of
from welcome.models import FirstLook, LookPair, LookSeat

if TYPE_CHECKING:
    from django import forms


@require_GET
def first_look_prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """Who takes part and who looks together, with suggestions and what needs mending."""
    return _page(request, look_run(request, pk))


@require_POST
def first_look_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Let people take part."""
    look, reader = look_run(request, pk), reader_of(request)
    form = LookInviteForm(request.POST, newcomers=page.newcomers_for(look), reader=reader)
    if not form.is_valid():
        return _page(request, look, invite_form=form)
    try:
        number = preparing.add_people(look, form.people(), by=reader)
    except ValidationError as error:
        form.add_error("names", error)
        return _page(request, look, invite_form=form)
    said = ngettext("%d person takes part now.", "%d people take part now.", number) % number
    messages.success(request, said if number else _("They take part already."))
    return redirect("welcome:first-look-prepare", pk=pk)


@require_POST
def look_pair_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Let two or three people look together."""
    look = look_run(request, pk)
    form = LookPairForm(request.POST, waiting=page.people_waiting(look))
    if not form.is_valid():
        return _page(request, look, pair_form=form)
    people = [person.pk for person in form.cleaned_data["people"]]
    try:
        preparing.make_pair(look, people, by=reader_of(request), why=form.cleaned_data["why"])
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, look, pair_form=form)
    messages.success(request, _("They look together."))
    return redirect("welcome:first-look-prepare", pk=pk)


@require_POST
def look_pair_suggest(request: HttpRequest, pk: int) -> HttpResponse:
    """Make all the pairs that are suggested at this moment."""
    look, number = look_run(request, pk), 0
    for one in page.suggested(look).pairs:
        try:
            preparing.make_pair(look, [person.pk for person in one.people], by=reader_of(request))
        except ValidationError:  # somebody else was quicker: the page shows what there is
            continue
        number += 1
    messages.success(request, ngettext("%d pair is made.", "%d pairs are made.", number) % number)
    return redirect("welcome:first-look-prepare", pk=pk)


@require_POST
def look_pair_join(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody come to a pair; who sits alone in another leaves that one."""
    pair, reader, form = _pair(request, pk), reader_of(request), LookJoinForm(request.POST)
    seat = None
    if form.is_valid():
        seat = LookSeat.objects.visible_to(reader).filter(look=pair.look_id, person=form.cleaned_data["person"]).first()
    if seat is None:
        messages.error(request, _("We did not find who was to come."))
    else:
        _try(request, lambda: preparing.move(seat, pair, by=reader, why=form.cleaned_data["why"]), _("They look together."))
    return redirect("welcome:first-look-prepare", pk=pair.look_id)


@require_POST
def look_seat_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody out of a pair."""
    reader = reader_of(request)
    seat = get_object_or_404(LookSeat.objects.visible_to(reader).select_related("look__space", "pair"), pk=pk)
    _check_runs(request, seat.look)
    _try(request, lambda: preparing.take_out(seat, by=reader), _("They wait for another partner now."))
    return redirect("welcome:first-look-prepare", pk=seat.look_id)


@require_POST
def first_look_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin: the conversation, and a mail to each."""
    look = look_run(request, pk)
    _try(request, lambda: opening.open_look(look, by=reader_of(request)), _("It is open, and each pair has a mail."))
    return redirect("welcome:first-look-prepare", pk=pk)


@require_POST
def first_look_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Take no more answers."""
    look = look_run(request, pk)
    _try(request, lambda: opening.close_look(look, by=reader_of(request)), _("It is closed. What was sent can be discussed on."))
    return redirect("welcome:first-look-prepare", pk=pk)


def _pair(request: HttpRequest, pk: int) -> Any:
    pair = get_object_or_404(LookPair.objects.visible_to(request.user).select_related("look__space"), pk=pk)
    _check_runs(request, pair.look)
    return pair


def _check_runs(request: HttpRequest, look: FirstLook) -> None:
    if not rules.runs_look(reader_of(request), look):
        raise PermissionDenied(_("The support team makes the pairs."))


def _try(request: HttpRequest, act: Callable[[], None], done: str) -> None:
    try:
        act()
    except ValidationError as error:
        messages.error(request, error.messages[0])
    except TransitionRefused:
        messages.info(request, _("It has moved on in the meantime."))
    else:
        messages.success(request, done)


def _page(
    request: HttpRequest, look: FirstLook, *, invite_form: forms.Form | None = None, pair_form: forms.Form | None = None
) -> HttpResponse:
    reader, pairing = reader_of(request), page.suggested(look)
    pairs = page.pairs_of(look)
    context = {
        "look": look,
        "pairs": pairs,
        "silent": sum(not pair.is_sent for pair in pairs),
        "suggestions": [(one, page.reasons_of(one)) for one in pairing.pairs],
        "alone": pairing.alone,
        "waits": bool(pairing.pairs or pairing.alone),
        "invite_form": invite_form or LookInviteForm(newcomers=page.newcomers_for(look), reader=reader),
        "pair_form": pair_form or LookPairForm(waiting=page.people_waiting(look)),
    }
    return render(request, "welcome/first_look/first_look_prepare.html", context)
