"""Pages of one round: lining people up, what they say, opening it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from discussions.models import PromptRound, Responder
from discussions.prompts import lineup, rounds, rules, suggesting
from discussions.prompts.forms import ResponderAskForm, RoundEditForm, RoundOpenForm, RoundPutOffForm, WordForm
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User


@require_GET
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The line-up of one round, for whoever runs it. Everybody else is led to its conversation, or to the series."""
    one = _found(request, pk)
    if not rules.runs_round(cast("User", request.user), one):
        return redirect(one.thread if one.thread is not None and one.status == PromptRound.Status.OPEN else one.prompt)
    return _round_page(request, one)


@require_POST
def round_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask something else this time."""
    one = _run_by(request, pk)
    form = RoundEditForm(request.POST)
    if not form.is_valid():
        return _round_page(request, one, edit_form=form)
    return _done(request, one, lambda by: rounds.edit_round(one, by=by, text=form.cleaned_data["text"]), _("Saved."))


@require_POST
def round_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open it for everybody now; with fewer first answers than wanted, with a word why."""
    one = _run_by(request, pk)
    form = RoundOpenForm(request.POST)
    if not form.is_valid():
        return _round_page(request, one, open_form=form)
    try:
        thread = rounds.open_now(one, by=cast("User", request.user), word=form.cleaned_data["word"])
    except ValidationError as error:
        form.add_error("word", error)
        return _round_page(request, one, open_form=form)
    except TransitionRefused as error:
        messages.warning(request, str(error))
        return redirect(one)
    messages.success(request, _("It is open. Everybody hears of it in one mail, with the first answers."))
    return redirect(thread)


@require_POST
def round_put_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it open at another moment."""
    one = _run_by(request, pk)
    form = RoundPutOffForm(request.POST, of=one)
    if not form.is_valid():
        return _round_page(request, one, put_off_form=form)
    return _done(
        request, one, lambda by: rounds.put_off(one, by=by, opens_at=form.cleaned_data["opens_at"]), _("It has another moment now.")
    )


@require_POST
def round_call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it not happen."""
    one = _run_by(request, pk)
    return _done(request, one, lambda by: rounds.call_off(one, by=by), _("Called off. Whoever was asked for it is told."))


@require_POST
def responder_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to answer first."""
    one = _run_by(request, pk)
    form = ResponderAskForm(request.POST, people=suggesting.candidates(one.prompt.space))
    if not form.is_valid():
        return _round_page(request, one, ask_form=form)
    person = form.cleaned_data["person"]
    try:
        lineup.ask(one, person, by=cast("User", request.user), note=form.cleaned_data["note"])
    except ValidationError as error:
        form.add_error("name", error)
        return _round_page(request, one, ask_form=form)
    except TransitionRefused as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("%(name)s is asked, by mail too.") % {"name": person})
    return redirect(one)


@require_GET
def responder_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What one is asked, and one's answer to it."""
    own = _own(request, pk)
    return render(request, "discussions/prompts/responder_detail.html", {"responder": own, "round": own.round, "form": WordForm()})


@require_POST
def responder_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to answer first."""
    return _said(request, pk, lineup.accept, _("Thank you. You get the prompt before everybody else does."))


@require_POST
def responder_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Not this time."""
    return _said(request, pk, lineup.decline, _("Noted: not this time. Thank you for saying so."))


@require_POST
def responder_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody no longer."""
    rows = Responder.objects.visible_to(request.user).select_related("round__prompt__space", "person")
    responder = get_object_or_404(rows, pk=pk)
    one = responder.round
    return _done(request, one, lambda by: lineup.release(responder, by=by), _("%s is no longer asked.") % responder.person)


def _found(request: HttpRequest, pk: int) -> PromptRound:
    people = Responder.objects.visible_to(request.user).select_related("person").order_by("asked_at", "pk")
    rows = PromptRound.objects.visible_to(request.user).select_related("prompt__space", "prompt__facilitator", "thread")
    return get_object_or_404(rows.prefetch_related(Prefetch("responders", queryset=people, to_attr="people")), pk=pk)


def _run_by(request: HttpRequest, pk: int) -> PromptRound:
    one = _found(request, pk)
    if not rules.runs_round(cast("User", request.user), one):
        raise PermissionDenied(_("Prompts are run by those who lead the space."))
    return one


def _own(request: HttpRequest, pk: int) -> Responder:
    rows = Responder.objects.visible_to(request.user).filter(person=request.user.pk)
    return get_object_or_404(rows.select_related("round__prompt__space", "round__thread", "asked_by", "person"), pk=pk)


def _said(request: HttpRequest, pk: int, say: Callable[..., None], done: str) -> HttpResponse:
    own = _own(request, pk)
    form = WordForm(request.POST)
    word = form.cleaned_data["word"] if form.is_valid() else ""
    try:
        say(own, by=request.user, word=word)
        messages.success(request, done)
    except TransitionRefused:
        messages.warning(request, _("It is open already, was called off, or you have said so before."))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    return redirect(own)


def _done(request: HttpRequest, one: PromptRound, move: Callable[[User], None], said: str) -> HttpResponse:
    try:
        move(cast("User", request.user))
        messages.success(request, said)
    except (TransitionRefused, ValidationError) as error:
        messages.warning(request, " ".join(getattr(error, "messages", [str(error)])))
    return redirect(one)


def _round_page(request: HttpRequest, one: PromptRound, **forms: Any) -> HttpResponse:
    people: list[Responder] = getattr(one, "people")  # noqa: B009  prefetched by `_found`
    willing = [who for who in people if who.status in {Responder.Status.ACCEPTED, Responder.Status.ANSWERED}]
    can_edit = one.status == PromptRound.Status.PLANNED or (one.status == PromptRound.Status.HELD and one.thread_id is None)
    context: dict[str, Any] = {
        "round": one,
        "people": people,
        "willing": len(willing),
        "missing": max(0, one.prompt.minimum - len(willing)),
        "suggestions": suggesting.suggestions_for(one) if one.is_to_come else [],
        "ask_form": ResponderAskForm(people=suggesting.candidates(one.prompt.space)),
        "edit_form": RoundEditForm(initial={"text": one.words}) if can_edit else None,
        "open_form": RoundOpenForm(),
        "put_off_form": RoundPutOffForm(of=one),
    }
    return render(request, "discussions/prompts/round_detail.html", context | forms)
