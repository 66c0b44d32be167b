"""Pages of series of prompts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from discussions.models import Prompt, PromptBreak, PromptRound, PromptWish, Space
from discussions.prompts import planning, rules, scheduling
from discussions.prompts.forms import BreakForm, PromptForm, PromptStartForm, WishForm
from discussions.prompts.pieces.choosing import piece_of, words_of
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User

SHOWN = 12


@require_GET
def prompt_list(request: HttpRequest) -> HttpResponse:
    """The series of the spaces that the reader may read, with when each comes next."""
    reader = cast("User", request.user)
    led = set(Space.objects.led_by(reader).values_list("pk", flat=True))  # unscoped: those that the reader runs
    prompts = _prompts(reader).exclude(status=Prompt.Status.ENDED)
    rows = [{"prompt": prompt, "runs": prompt.space_id in led} for prompt in prompts]
    return render(request, "discussions/prompts/prompt_list.html", {"rows": rows, "leads": bool(led)})


@require_http_methods(["GET", "POST"])
def prompt_start(request: HttpRequest) -> HttpResponse:
    """Begin a series, in a space that one leads (`?space=<slug>` chooses it)."""
    reader = cast("User", request.user)
    spaces = Space.objects.led_by(reader).active()  # unscoped: those that the reader runs
    if not spaces.exists():
        raise PermissionDenied(_("Prompts are run by those who lead a space."))
    chosen = spaces.filter(slug=request.GET.get("space", "").replace("\0", "")).first()
    piece = piece_of(reader, request.GET.get("piece", ""))
    initial = {"space": chosen, "time_zone": reader.time_zone, "starts_on": timezone.localdate(), **words_of(piece)}
    form = PromptStartForm(request.POST or None, spaces=spaces, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        prompt = planning.start_prompt(values.pop("space"), by=reader, piece=piece, **values)
        messages.success(request, _("The series has begun. Now line up a few people who will answer first."))
        return redirect(prompt)
    return render(request, "discussions/prompts/prompt_form.html", {"form": form, "piece": piece})


@require_GET
def prompt_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One series: what it asks, when it comes, its conversations so far; and for whoever runs it, the rounds to come."""
    return _prompt_page(request, _found(request, pk))


@require_http_methods(["GET", "POST"])
def prompt_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words or the schedule."""
    prompt = _run_by(request, pk)
    form = PromptForm(request.POST or None, instance=prompt)
    if request.method == "POST" and form.is_valid():
        planning.edit_prompt(prompt, by=cast("User", request.user), **form.values())
        messages.success(request, _("Saved. A round that nobody has got yet follows the new schedule."))
        return redirect(prompt)
    return render(request, "discussions/prompts/prompt_form.html", {"form": form, "prompt": prompt})


@require_POST
def prompt_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Let nothing more come for now."""
    return _moved(request, pk, planning.pause, _("The series rests. Nothing comes until you take it up again."))


@require_POST
def prompt_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the series up again."""
    return _moved(request, pk, planning.resume, _("The series goes on."))


@require_POST
def prompt_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End the series for good."""
    return _moved(request, pk, planning.end, _("The series has ended. Its conversations stay."))


@require_POST
def prompt_wish(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what the reader wants of the series for themselves."""
    prompt = _found(request, pk)
    form = WishForm(request.POST)
    if form.is_valid():
        planning.wish(prompt, by=cast("User", request.user), **form.cleaned_data)
        messages.success(request, _("Noted, for you alone."))
    return redirect(prompt)


@require_POST
def break_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the series rest for some days."""
    prompt = _run_by(request, pk)
    form = BreakForm(request.POST)
    if not form.is_valid():
        return _prompt_page(request, prompt, break_form=form)
    planning.add_break(prompt, by=cast("User", request.user), **form.cleaned_data)
    messages.success(request, _("Noted. What would have come then is skipped."))
    return redirect(prompt)


@require_POST
def break_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a break back."""
    rest = get_object_or_404(PromptBreak.objects.visible_to(request.user).select_related("prompt__space"), pk=pk)
    planning.remove_break(rest, by=cast("User", request.user))
    return redirect(rest.prompt)


def _prompts(reader: User) -> QuerySet[Prompt]:
    rounds = PromptRound.objects.filter(prompt=OuterRef("pk"))  # unscoped: when a series comes next, its readers know
    coming = rounds.filter(status__in=["planned", "private"]).order_by("opens_at").values("opens_at")[:1]
    found: QuerySet[Prompt] = Prompt.objects.visible_to(reader).annotate(next_at=Subquery(coming))
    return found.select_related("space", "facilitator")


def _found(request: HttpRequest, pk: int) -> Prompt:
    return get_object_or_404(_prompts(cast("User", request.user)), pk=pk)


def _run_by(request: HttpRequest, pk: int) -> Prompt:
    prompt = _found(request, pk)
    if not rules.runs(cast("User", request.user), prompt):
        raise PermissionDenied(_("Prompts are run by those who lead the space."))
    return prompt


def _moved(request: HttpRequest, pk: int, move: Callable[..., None], said: str) -> HttpResponse:
    prompt = _found(request, pk)
    try:
        move(prompt, by=request.user)
        messages.success(request, said)
    except TransitionRefused:
        messages.warning(request, _("Somebody was quicker: the series has moved on."))
    return redirect(prompt)


def _prompt_page(request: HttpRequest, prompt: Prompt, break_form: BreakForm | None = None) -> HttpResponse:
    reader = cast("User", request.user)
    runs = rules.runs(reader, prompt)
    rounds = PromptRound.objects.visible_to(reader).filter(prompt=prompt)
    own = PromptWish.objects.visible_to(reader).filter(prompt=prompt).first()
    context: dict[str, Any] = {
        "prompt": prompt,
        "runs": runs,
        "opened": rounds.filter(status="open").select_related("thread").order_by("-opened_at")[:SHOWN],
        "wish_form": WishForm(instance=own) if prompt.status != Prompt.Status.ENDED else None,
        "breaks": (rests := list(PromptBreak.objects.visible_to(reader).filter(prompt=prompt))),
    }
    if runs:
        context["to_come"] = rounds.to_come().with_willing().order_by("opens_at")
        context["break_form"] = break_form or BreakForm()
        context["days"] = _days(prompt, rests)
    return render(request, "discussions/prompts/prompt_detail.html", context)


def _days(prompt: Prompt, rests: list[PromptBreak]) -> list[Any]:
    """The next moments of the schedule, in the zone of the series."""
    days = scheduling.coming_days(prompt, rests, after=timezone.now(), most=4)
    return [scheduling.local_moment(prompt, day) for day in days]
