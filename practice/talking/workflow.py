"""Actions: promised, reminded of, done or dropped; and notes of the room."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from ambassadors.models import User
from correspondence import outbox
from foundation.models.token import new_nonce
from foundation.secrecy import keyed_hash
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record
from practice.models import Action, InstrumentItem, LearningSession, RoomNote
from practice.sessions.moves import runs

A = Action.Status
DONE = Transition("done", frozenset({A.OPEN}), A.DONE, anybody)
DROP = Transition("dropped", frozenset({A.OPEN}), A.DROPPED, anybody)


@transaction.atomic
def promise(
    session: LearningSession,
    *,
    by: User,
    words: str,
    owner: str,
    due_on: date,
    address: str = "",
    item: InstrumentItem | None = None,
) -> Action:
    """Write down what somebody will do. Raises TransitionRefused before the round is closed, PermissionDenied for who does not run it."""
    _refuse_others(session, by)
    if session.status != LearningSession.Status.CLOSED:
        raise TransitionRefused(f"{session} is not closed")
    action = Action.objects.create(session=session, item=item, words=words, owner=owner, address=address, due_on=due_on)
    record("promised", action, by=by)
    return action


@transaction.atomic
def change(
    action: Action, *, by: User, words: str, owner: str, due_on: date, address: str = "", item: InstrumentItem | None = None
) -> None:
    """Put an open action right. With another day its owner is reminded anew; with another address the link in earlier mails ends.

    Raises TransitionRefused when it has ended, PermissionDenied for who does not run it.
    """
    _refuse_others(action.session, by)
    # Its owner may end it by their link at this moment: the second one finds what the first has done.
    held = Action.objects.select_for_update(no_key=True).get(pk=action.pk)
    if held.status != A.OPEN:
        raise TransitionRefused(f"{held} has ended")
    if address != held.address:
        held.nonce, held.wants_reminders = new_nonce(), True
    if address != held.address or due_on != held.due_on:
        held.reminded = 0
    held.words, held.owner, held.due_on, held.address, held.item = words, owner, due_on, address, item
    held.save(update_fields=["words", "owner", "due_on", "address", "item", "nonce", "wants_reminders", "reminded"])
    record("changed", held, by=by)


@transaction.atomic
def end(action: Action, *, by: User | None, came_of: str = "", is_dropped: bool = False) -> None:
    """Say that it is done, or will not be, and what came of it; `by` is None where its owner says so by their link.

    Raises TransitionRefused when it has ended already.
    """
    if by is not None:
        _refuse_others(action.session, by)
    apply(DROP if is_dropped else DONE, action, by=by, came_of=came_of, ended_on=timezone.localdate())


@transaction.atomic
def stop_reminders(action: Action) -> None:
    """Its owner wants no more mail about it."""
    Action.objects.filter(pk=action.pk).update(wants_reminders=False)


@transaction.atomic
def remind_owners() -> int:
    """Mail those whose time has come; return how many."""
    # Two clocks may look at once: each row is held by one of them, and counted before it is let go.
    due = Action.objects.select_for_update(skip_locked=True).to_remind(timezone.localdate())
    for action in due:
        action.reminded += 1 + (action.reminded == 0 and action.due_on <= timezone.localdate())
        action.save(update_fields=["reminded"])
        of = keyed_hash("practice action", action.address)[:16]
        key = f"practice-action:{action.pk}:{of}:{action.due_on}:{action.reminded}"
        outbox.post("practice_action", None, key=key, address=action.address, action=action.pk)
    return len(due)


@transaction.atomic
def note(session: LearningSession, words: str, *, by: User) -> RoomNote:
    """Keep what was said in the room."""
    _refuse_others(session, by)
    return RoomNote.objects.create(session=session, words=words, by=by)


@transaction.atomic
def put_right(kept: RoomNote, words: str, *, by: User) -> None:
    """Say a note in other words."""
    _refuse_others(kept.session, by)
    RoomNote.objects.filter(pk=kept.pk).update(words=words)


@transaction.atomic
def take_back(kept: RoomNote, *, by: User) -> None:
    """Delete a note."""
    _refuse_others(kept.session, by)
    kept.delete()


def _refuse_others(session: LearningSession, by: User) -> None:
    if not runs(by, session):
        raise PermissionDenied("not theirs to run")
