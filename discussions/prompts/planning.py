"""A prompt as a series: begun, changed, resting, ended. The clock plans its next round."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from discussions.models import Piece, PieceUse, Prompt, PromptBreak, PromptRound, PromptWish, Space
from discussions.prompts import rounds, rules, scheduling, telling
from foundation.models import Via
from foundation.workflow import Transition, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

S = Prompt.Status
PAUSE = Transition("paused the prompt", frozenset({S.RUNNING}), S.PAUSED, rules.runs)
RESUME = Transition("took the prompt up again", frozenset({S.PAUSED}), S.RUNNING, rules.runs)
END = Transition("ended the prompt", frozenset({S.RUNNING, S.PAUSED}), S.ENDED, rules.runs)


@transaction.atomic
def start_prompt(space: Space, *, by: User, via: Via = Via.WEB, piece: Piece | None = None, **fields: Any) -> Prompt:
    """Begin a series in a space that `by` leads, perhaps with what a piece of the library asks, and plan its first round.

    Raises PermissionDenied when they do not lead it.
    """
    prompt = Prompt(space=space, facilitator=by, **fields)
    _ask_the_rules(prompt, by)
    prompt.save()
    record("began a prompt", prompt, by=by, via=via)
    if piece is not None:
        PieceUse.objects.create(piece=piece, prompt=prompt, by=by)
    plan_next(prompt.pk)
    return prompt


@transaction.atomic
def edit_prompt(prompt: Prompt, *, by: User, via: Via = Via.WEB, **fields: Any) -> None:
    """Change its words or its schedule. A round that nobody has got yet moves with it; those who were asked for it stay."""
    _ask_the_rules(prompt, by)
    for name, value in fields.items():
        setattr(prompt, name, value)
    prompt.save(update_fields=[*fields])
    record("changed the prompt", prompt, by=by, via=via, note=", ".join(sorted(fields)))
    replan(prompt)


@transaction.atomic
def add_break(prompt: Prompt, *, by: User, first_day: date, last_day: date, name: str = "", via: Via = Via.WEB) -> PromptBreak:
    """Let the prompt rest from one day to another, both included; a round planned for then moves behind it."""
    _ask_the_rules(prompt, by)
    rest = PromptBreak.objects.create(prompt=prompt, first_day=first_day, last_day=last_day, name=name.strip())
    record("added a break", prompt, by=by, via=via)
    replan(prompt)
    return rest


@transaction.atomic
def remove_break(rest: PromptBreak, *, by: User, via: Via = Via.WEB) -> None:
    """Take a break back; the next round may come earlier by it."""
    prompt = rest.prompt
    _ask_the_rules(prompt, by)
    rest.delete()
    record("took a break back", prompt, by=by, via=via)
    replan(prompt)


@transaction.atomic
def pause(prompt: Prompt, *, by: User, via: Via = Via.WEB) -> None:
    """Let nothing more come by itself, until it is taken up again. Whoever agreed to answer first is told."""
    apply(PAUSE, prompt, by=by, via=via)
    for one in _to_come(prompt):
        telling.tell_of_another_moment(one)


@transaction.atomic
def resume(prompt: Prompt, *, by: User, via: Via = Via.WEB) -> None:
    """Take it up again: what came due in the meantime is not made up for. Whoever was told that it rests is told when it comes."""
    apply(RESUME, prompt, by=by, via=via)
    _moved(prompt)
    for one in _to_come(prompt):
        telling.tell_of_another_moment(one)


@transaction.atomic
def end(prompt: Prompt, *, by: User, via: Via = Via.WEB) -> None:
    """End the series. Its conversations stay; what was to come is called off, and whoever was asked for it is told."""
    apply(END, prompt, by=by, via=via)
    for one in _to_come(prompt):
        rounds.call_off(one, by=by, via=via)


def wish(prompt: Prompt, *, by: User, wants_mail: bool, recalls: bool) -> None:
    """Note what `by` wants of the series for themselves. Nobody else is told, and the history is not either."""
    if not Prompt.objects.visible_to(by).filter(pk=prompt.pk).exists():
        raise PermissionDenied(_("You cannot read this series."))
    PromptWish.objects.update_or_create(prompt=prompt, person=by, defaults={"wants_mail": wants_mail, "recalls": recalls})


@transaction.atomic
def plan_next(prompt_pk: int, now: datetime | None = None) -> PromptRound | None:
    """Plan the next round of a running prompt that has none; what was missed in the meantime is not made up for.

    Two clocks queue at the prompt's row: the second finds the round that the first one planned.
    """
    held = Prompt.objects.running().select_for_update(no_key=True, of=("self",)).filter(pk=prompt_pk)
    prompt = held.without_a_round_to_come().first()
    day = _next_day(prompt, now or timezone.now()) if prompt else None
    if prompt is None or day is None:
        return None
    return PromptRound.objects.create(prompt=prompt, on=day, opens_at=scheduling.moment_of(prompt, day))


def replan(prompt: Prompt) -> None:
    """Move the round that nobody has got yet to where the schedule now has it, with those who were asked for it, and tell them."""
    moved = _moved(prompt)
    if moved is not None:
        telling.tell_of_another_moment(moved)


def _moved(prompt: Prompt) -> PromptRound | None:
    """The round that nobody has got yet, if the schedule now has it elsewhere."""
    planned = PromptRound.objects.select_for_update(no_key=True).filter(prompt=prompt, status=PromptRound.Status.PLANNED)
    one = planned.order_by("on").first()
    if one is None:
        return None
    others = PromptRound.objects.filter(prompt=prompt).exclude(pk=one.pk).order_by("-on").values_list("on", flat=True)
    day = scheduling.next_day(prompt, prompt.breaks.all(), after=timezone.now(), beyond=others.first())
    if day is None or (day, scheduling.moment_of(prompt, day)) == (one.on, one.opens_at):
        return None
    one.prompt, one.on, one.opens_at = prompt, day, scheduling.moment_of(prompt, day)
    one.save(update_fields=["on", "opens_at"])
    return one


def _to_come(prompt: Prompt) -> list[PromptRound]:
    return list(PromptRound.objects.filter(prompt=prompt).to_come().select_related("prompt__space").order_by("pk"))


def _next_day(prompt: Prompt, now: datetime) -> date | None:
    last = PromptRound.objects.filter(prompt=prompt).order_by("-on").values_list("on", flat=True).first()
    return scheduling.next_day(prompt, prompt.breaks.all(), after=now, beyond=last)


def _ask_the_rules(prompt: Prompt, by: User) -> None:
    if not rules.runs(by, prompt) or prompt.space.status != Space.Status.ACTIVE:
        raise PermissionDenied(_("Prompts are run by those who lead the space, while it is active."))
