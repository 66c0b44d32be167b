"""One round of a prompt: given early to those who answer first, opened for all together, put off, or called off."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from correspondence import outbox
from discussions import signals
from discussions.models import SEATS, Participant, PieceUse, Post, PromptRound, Responder, Thread
from discussions.prompts import rules, telling
from discussions.workflow import start_thread
from foundation.models import Via
from foundation.workflow import Transition, TransitionRefused, anybody, apply

if TYPE_CHECKING:
    from ambassadors.models import User

S = PromptRound.Status
TO_COME = frozenset({S.PLANNED, S.PRIVATE, S.HELD})
BEGIN = Transition("gave the prompt to those who answer first", frozenset({S.PLANNED}), S.PRIVATE, anybody)
HOLD = Transition("held the prompt back: too few agreed", frozenset({S.PLANNED, S.PRIVATE}), S.HELD, anybody)
OPEN_DUE = Transition("opened the prompt", frozenset({S.PLANNED, S.PRIVATE}), S.OPEN, anybody)
OPEN_NOW = Transition("opened the prompt", TO_COME, S.OPEN, rules.runs_round)
PUT_OFF = Transition("put the prompt off", frozenset({S.PLANNED, S.HELD}), S.PLANNED, rules.runs_round)
PUT_OFF_EARLY = Transition("put the prompt off", frozenset({S.PRIVATE, S.HELD}), S.PRIVATE, rules.runs_round)
CALL_OFF = Transition("called the prompt off", TO_COME, S.CALLED_OFF, rules.runs_round)
OPEN_THREAD = Transition("opened for all", frozenset({Thread.Status.PREPARING}), Thread.Status.OPEN, anybody)


@transaction.atomic
def begin_private_hours(round_pk: int, now: datetime) -> bool:
    """Give a planned round to those who agreed, if its private hours have begun; hold it when it is due and nobody has.

    Where the clock stood still over its hour, they get their hours all the same, and it opens so much later.
    """
    one = _held(PromptRound.objects.running().filter(pk=round_pk, status=S.PLANNED))
    if one is None or one.opens_at - timedelta(hours=one.prompt.private_hours) > now:
        return False
    if not one.responders.filter(status=Responder.Status.ACCEPTED).exists():
        return one.opens_at <= now and _open_or_hold(one)
    if not _has_a_thread(one):
        hold(one)
        return True
    opens_at = one.opens_at if one.opens_at > now else now + timedelta(hours=one.prompt.private_hours)
    apply(BEGIN, one, by=None, via=Via.CLOCK, opens_at=opens_at)
    for responder in one.responders.filter(status=Responder.Status.ACCEPTED).select_related("person"):
        give_early(one, responder)
    return True


@transaction.atomic
def open_when_due(round_pk: int, now: datetime) -> bool:
    """Open a round whose time has come, or hold it when too few agreed to answer first. Two clocks open it once."""
    one = _held(PromptRound.objects.running().due(now).filter(pk=round_pk))
    return one is not None and _open_or_hold(one)


@transaction.atomic
def open_now(one: PromptRound, *, by: User, word: str = "", via: Via = Via.WEB) -> Thread:
    """Open a round on its facilitator's word. With fewer first answers than the minimum, they say why."""
    locked = _found(one)
    if missing(locked) and not word.strip():
        raise ValidationError(_("Say in a word why it opens with fewer people than you wanted."))
    if not rules.runs_round(by, locked):
        raise PermissionDenied(_("Only those who lead the space open its prompts."))
    if not locked.is_to_come:
        raise TransitionRefused(_("This round is open already, or was called off."))
    if not _has_a_thread(locked):
        raise ValidationError(_("Nobody is left who could post it: name another facilitator first."))
    _open(locked, OPEN_NOW, by=by, via=via, note=word.strip())
    assert locked.thread is not None  # noqa: S101  made above
    return locked.thread


@transaction.atomic
def put_off(one: PromptRound, *, by: User, opens_at: datetime, via: Via = Via.WEB) -> None:
    """Let a round open later, or a planned one earlier. Those who have got it keep it; whoever agreed to answer first is told."""
    if opens_at <= timezone.now():
        raise ValidationError(_("This moment has passed."))
    locked = _found(one)
    is_another = opens_at != locked.opens_at
    apply(PUT_OFF_EARLY if locked.thread_id else PUT_OFF, locked, by=by, via=via, opens_at=opens_at)
    if is_another:
        telling.tell_of_another_moment(locked)


@transaction.atomic
def call_off(one: PromptRound, *, by: User, via: Via = Via.WEB) -> None:
    """Let a round not happen; whoever was asked for it, and has not declined, is told."""
    locked = _found(one)
    apply(CALL_OFF, locked, by=by, via=via)
    asked = locked.responders.filter(status__in=["asked", "accepted", "answered"]).select_related("person")
    for responder in asked:
        outbox.post("prompt_called_off", responder.person, key=f"prompt-called-off:{responder.pk}", responder=responder.pk)


@transaction.atomic
def edit_round(one: PromptRound, *, by: User, text: str) -> None:
    """Ask something else this time. What those who answer first have got already stays as it is."""
    locked = _found(one)
    if not rules.runs_round(by, locked):
        raise PermissionDenied(_("Only those who lead the space change its prompts."))
    if locked.status != S.PLANNED and not (locked.status == S.HELD and locked.thread_id is None):
        raise TransitionRefused(_("This round has been given to somebody already: its words stay."))
    locked.text = "" if text == locked.prompt.text else text
    locked.save(update_fields=["text"])
    if not locked.text:
        PieceUse.objects.filter(round=locked).delete()


def missing(one: PromptRound) -> int:
    """How many people are missing who would answer first."""
    return max(0, one.prompt.minimum - one.responders.willing().count())


def give_early(one: PromptRound, responder: Responder) -> None:
    """Let somebody who agreed into the thread that is being prepared, and mail them the prompt."""
    assert one.thread_id is not None  # noqa: S101  callers have begun it
    taken = set(Participant.objects.filter(thread=one.thread_id).values_list("seat", flat=True))
    seat = next((seat for seat in range(1, SEATS + 1) if seat not in taken), None)
    if seat is None:
        raise ValidationError(_("There is no seat left among those who answer first."))
    Participant.objects.get_or_create(thread_id=one.thread_id, person=responder.person, defaults={"seat": seat})
    outbox.post("prompt_early", responder.person, key=f"prompt-early:{responder.pk}", responder=responder.pk)


def hold(one: PromptRound) -> None:
    """Keep a round back until its facilitator decides, and tell them."""
    apply(HOLD, one, by=None, via=Via.CLOCK, history_note=_said_of(missing(one)))
    speaker = rules.speaker_of(one.prompt)
    if speaker is not None:
        outbox.post("prompt_held", speaker, key=f"prompt-held:{one.pk}:{one.opens_at:%Y%m%d%H%M}", round=one.pk)


def _open_or_hold(one: PromptRound) -> bool:
    if missing(one) or not _has_a_thread(one):
        hold(one)
    else:
        _open(one, OPEN_DUE, by=None, via=Via.CLOCK)
    return True


def _open(one: PromptRound, move: Transition, *, by: User | None, via: Via, note: str = "") -> None:
    """Show the thread to everybody, with what has been answered so far, and tell them in one mail."""
    # Under the lock of the thread: an answer of this moment comes before the opening, or after it, and is told accordingly.
    assert one.thread_id is not None  # noqa: S101  callers have made it
    thread = Thread.objects.select_for_update(no_key=True).get(pk=one.thread_id)
    now = timezone.now()
    apply(OPEN_THREAD, thread, by=by, via=via, started_at=now, last_post_at=now)
    Post.objects.filter(thread=thread, told_at=None).update(told_at=now)
    apply(move, one, by=by, via=via, history_note=note, opened_at=now)
    one.thread = thread
    signals.thread_opened.send(Thread, thread=thread)
    transaction.on_commit(partial(telling.ask_workers_to_tell, one.pk), robust=True)


def _has_a_thread(one: PromptRound) -> bool:
    """Make the thread that is being prepared, where there is none yet; False when nobody is left in whose name to post it."""
    if one.thread_id is None:
        speaker = rules.speaker_of(one.prompt)
        if speaker is None:
            return False
        one.thread = start_thread(
            one.prompt.space,
            by=speaker,
            subject=one.prompt.title,
            body=one.words,
            is_rich=True,
            kind=Thread.Kind.PROMPT,
            status=Thread.Status.PREPARING,
            via=Via.CLOCK,
        )
        one.save(update_fields=["thread"])
    return True


def _held(rows: object) -> PromptRound | None:
    """Lock the round: what happens to it queues here, so that it is given, opened and called off one after the other."""
    locked: PromptRound | None = (
        rows.select_for_update(no_key=True, of=("self",)).select_related("prompt__space", "prompt__facilitator", "thread").first()  # type: ignore[attr-defined]
    )
    return locked


def _found(one: PromptRound) -> PromptRound:
    locked = _held(PromptRound.objects.filter(pk=one.pk))
    if locked is None:
        raise TransitionRefused(_("This round is no longer there."))
    return locked


def _said_of(number: int) -> str:
    return ngettext("%d person is missing", "%d people are missing", number) % number
