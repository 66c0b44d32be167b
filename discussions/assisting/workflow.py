"""Answers that an assistant prepares or says, and what becomes of those that are prepared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.assistants.scopes import Scope
from ambassadors.models import AssistantSeat
from correspondence import outbox
from discussions.assisting.reading import may_answer, threads_for
from discussions.models import Draft, Post, PreparedReply, Thread
from discussions.posts.drafts import save_draft
from discussions.words import LONGEST, rich_from_plain
from discussions.workflow import reply
from foundation.models import Community, Via
from foundation.workflow import Transition, anybody, apply, record

if TYPE_CHECKING:
    from uuid import UUID

    from ambassadors.models import User

S = PreparedReply.Status


def is_for(user: User | None, prepared: PreparedReply) -> bool:
    """Only the ambassador it was prepared for, while they are a member."""
    return user is not None and user.is_member and prepared.ambassador_id == user.pk


def is_by(user: User | None, prepared: PreparedReply) -> bool:
    """Only who prepared it."""
    return user is not None and user.is_active and prepared.assistant_id == user.pk


WAITING = frozenset({S.WAITING})
SEND = Transition("sent what an assistant had prepared", WAITING, S.SENT, is_for, gettext_lazy("Send it"))
TAKE_OVER = Transition("took over what an assistant had prepared", WAITING, S.TAKEN_OVER, is_for, gettext_lazy("Change it first"))
SET_ASIDE = Transition("put aside what an assistant had prepared", WAITING, S.SET_ASIDE, is_for, gettext_lazy("Put it aside"))
WITHDRAW = Transition("took back what they had prepared", WAITING, S.WITHDRAWN, is_by, gettext_lazy("Take it back"))
REPLACE = Transition("prepared it anew", WAITING, S.REPLACED, anybody)


@transaction.atomic
def prepare(seat: AssistantSeat, thread: Thread, words: str, *, by: User) -> PreparedReply:
    """Lay an answer before the ambassador, by mail and on their desk; one that waits in this conversation gives way to it.

    Raises PermissionDenied when the seat does not reach it (any more), ValidationError when there are no words.
    """
    held = _held(seat, thread, Scope.PREPARE, by=by)
    words = _checked(words)
    for older in PreparedReply.objects.filter(ambassador=held.ambassador, assistant=by, thread=thread, status=S.WAITING):
        if older.body == words:
            return older
        apply(REPLACE, older, by=by, via=Via.ASSISTANT, about=held.ambassador, settled_at=timezone.now())
    prepared = PreparedReply.objects.create(
        ambassador=held.ambassador, assistant=by, assistant_name=held.name, thread=thread, body=words
    )
    record("prepared an answer", prepared, by=by, via=Via.ASSISTANT, about=held.ambassador, note=thread.subject)
    wait = Community.seen().time_to_mend
    outbox.post("reply_prepared", held.ambassador, key=f"reply-prepared:{prepared.pk}", wait=wait, prepared=prepared.pk)
    return prepared


@transaction.atomic
def speak(seat: AssistantSeat, thread: Thread, words: str, *, by: User, sent_key: UUID | None = None) -> Post:
    """Answer in the ambassador's name; wherever it is read, it says through whom it came.

    Raises as `prepare` does, and PostNotTaken when the conversation takes nothing more.
    """
    held = _held(seat, thread, Scope.SPEAK, by=by)
    before = thread.last_number
    post = reply(thread, by=held.ambassador, body=_checked(words), via=Via.ASSISTANT, assistant=by, sent_key=sent_key, seen=0)
    if post.number > before:  # a second press of Send posts nothing
        record("answered in their name", post, by=by, via=Via.ASSISTANT, about=held.ambassador, note=thread.subject)
    return post


def _held(seat: AssistantSeat, thread: Thread, scope: Scope, *, by: User) -> AssistantSeat:
    # Whoever takes the seat back holds its row: after that nothing is prepared or said in it, however long a page was open.
    rows = AssistantSeat.objects.open_to(by).select_for_update(no_key=True, of=("self",)).select_related("ambassador")
    held = rows.filter(pk=seat.pk).first()
    if held is None:
        raise PermissionDenied(_("This seat was taken back."))
    if not threads_for(held).filter(pk=thread.pk).exists() or not may_answer(held, thread, scope):
        raise PermissionDenied(_("The seat does not reach this conversation, or it takes no answer at the moment."))
    return held


def _checked(words: str) -> str:
    words = words.strip()
    if not words:
        raise ValidationError(_("There are no words in it yet."))
    if len(words) > LONGEST:
        raise ValidationError(_("That is too long for one post: at most 50,000 characters."))
    return words


@transaction.atomic
def send(prepared: PreparedReply, *, by: User, via: Via = Via.WEB) -> Post:
    """The ambassador says it: their own words from now on. Raises TransitionRefused when it was settled before, or prepared anew."""
    apply(SEND, prepared, by=by, via=via, about=by, settled_at=timezone.now())
    post = reply(prepared.thread, by=by, body=prepared.body, via=via, seen=0)
    PreparedReply.objects.filter(pk=prepared.pk).update(post=post)
    return post


@transaction.atomic
def take_over(prepared: PreparedReply, *, by: User, via: Via = Via.WEB) -> None:
    """Go on writing oneself: it stands in one's own draft, below what one had begun."""
    apply(TAKE_OVER, prepared, by=by, via=via, about=by, settled_at=timezone.now())
    begun = Draft.objects.visible_to(by).filter(thread=prepared.thread).values_list("body", flat=True).first() or ""
    save_draft(prepared.thread, by=by, body=begun + rich_from_plain(prepared.body))


def set_aside(prepared: PreparedReply, *, by: User, via: Via = Via.WEB) -> None:
    """The ambassador does not send it."""
    apply(SET_ASIDE, prepared, by=by, via=via, about=by, settled_at=timezone.now())


def withdraw(prepared: PreparedReply, *, by: User) -> None:
    """The assistant takes it back before it is sent."""
    apply(WITHDRAW, prepared, by=by, via=Via.ASSISTANT, about=prepared.ambassador, settled_at=timezone.now())
