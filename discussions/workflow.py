"""Saying something: threads begin and grow here, one function per intention, which owns its transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence import outbox
from discussions import rules, signals
from discussions.attachments import Attachment, attach
from discussions.mentions import note_mentions
from discussions.models import SEATS, Block, Follow, Participant, Post, ReadMark, Space, Thread
from discussions.said import Said, made_ready, words_of
from foundation.models import Community, Via
from foundation.prepared import Late, prepared
from foundation.registry import Registry
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.models import User

# By kind of thread: called under its lock before somebody adds to it, and raises PostNotTaken to refuse. `gate(thread, by)`.
gates: Registry[Callable[[Thread, User], None]] = Registry("gate of a kind of thread")
# By kind of thread: asked when the gate refused somebody's words, and may keep them. `keeper(thread, by, html, via)` returns what it
# kept, which has an address of its own, or None.
keepers: Registry[Callable[[Thread, User, str, Via], Any]] = Registry("keeper of a kind of thread")


class PostNotTaken(ValidationError):
    """The thread takes nothing more, or not from this person: the message says so to whoever wrote."""


def start_thread(
    space: Space,
    *,
    by: User,
    subject: str,
    body: str,
    is_rich: bool = False,
    kind: str = Thread.Kind.DISCUSSION,
    status: str = Thread.Status.OPEN,
    via: Via = Via.WEB,
    quoted: str = "",
    message_id: str = "",
    sent_key: UUID | None = None,
    files: Sequence[Attachment] = (),
) -> Thread:
    """Begin a conversation in a space, with its first post. In preparation only `by` sits in it.

    `body` is plain text, or HTML of the editor where it `is_rich`; `sent_key` and `files` as `reply` takes them. Raises
    PermissionDenied when `by` may not, ValidationError when there are no words.
    """
    if not Space.objects.read_by(by).filter(pk=space.pk).exists() or not rules.may_start(by, space):
        raise PermissionDenied(_("You cannot begin a conversation here."))
    thread = Thread(space=space, kind=kind, status=status, subject=_subject(subject), started_by=by)
    said = made_ready(body, by=by, is_rich=is_rich, via=via, quoted=quoted, message_id=message_id, sent_key=sent_key, files=files)
    return said.once(lambda said: _begin(thread, said)).thread


def _begin(thread: Thread, said: Said) -> Post:
    thread.save()
    if thread.status == Thread.Status.PREPARING:
        Participant.objects.create(thread=thread, person=said.by, seat=1)
    record("began a thread", thread, by=said.by, via=said.via)
    post = _add_post(thread, said)
    if thread.status == Thread.Status.OPEN:
        signals.thread_opened.send(Thread, thread=thread)
    return post


def start_private_thread(
    *,
    by: User,
    to: User,
    also: Iterable[User] = (),
    subject: str,
    body: str,
    is_rich: bool = False,
    via: Via = Via.WEB,
    quoted: str = "",
    message_id: str = "",
    sent_key: UUID | None = None,
    files: Sequence[Attachment] = (),
) -> Thread:
    """Begin a private conversation of up to eight, with its first post, and mail it to the others.

    Raises PermissionDenied when anyone is not an active member, ValidationError when there are no words or too many people.
    """
    people = list(dict.fromkeys([by, to, *also]))
    if len(people) < 2 or by == to or not all(person.is_member for person in people):
        raise PermissionDenied(_("A private message goes from one active member to another."))
    if len(people) > SEATS:
        raise ValidationError(_("A private conversation has room for eight people, you included."))
    if Block.objects.between(by, people).exists():
        raise PostNotTaken(_("This cannot be sent: the two of you exchange no private messages at the moment."))
    thread = Thread(kind=Thread.Kind.PRIVATE, subject=_subject(subject), started_by=by)
    said = made_ready(body, by=by, is_rich=is_rich, via=via, quoted=quoted, message_id=message_id, sent_key=sent_key, files=files)
    return said.once(lambda said: _begin_private(thread, people, said)).thread


def _begin_private(thread: Thread, people: list[User], said: Said) -> Post:
    thread.save()
    Participant.objects.bulk_create(Participant(thread=thread, person=who, seat=seat) for seat, who in enumerate(people, start=1))
    record("started a private thread", thread, by=said.by, via=said.via)
    return _add_post(thread, said)


def reply(
    thread: Thread,
    *,
    by: User,
    body: str,
    is_rich: bool = False,
    via: Via = Via.WEB,
    quoted: str = "",
    message_id: str = "",
    answers: Post | None = None,
    sent_key: UUID | None = None,
    files: Sequence[Attachment] = (),
    seen: int | None = None,
    assistant: User | None = None,
) -> Post:
    """Say something in a thread. Its followers get it by mail. What an `assistant` says in the name of `by` is shown as theirs, too.

    `seen` is the number of the last post that `by` had before them: what came after it stays new to them. Of a form that was sent before (`sent_key`) the post that is there is returned. Raises
    PermissionDenied when `by` may not read or add to it, PostNotTaken when it takes nothing more, ValidationError when there are no words.
    """
    mail = {"quoted": quoted, "message_id": message_id}
    said = made_ready(body, by=by, is_rich=is_rich, via=via, sent_key=sent_key, files=files, seen=seen, assistant=assistant, **mail)
    return said.once(lambda said: _answer(thread, said, answers))


def _answer(thread: Thread, said: Said, answers: Post | None) -> Post | ValidationError:
    by = said.by
    locked = _held(thread.pk, by)
    if locked is None:
        raise PermissionDenied(_("Only those who can read a conversation can write in it."))
    try:
        _ask_the_gates(locked, by)
    except PostNotTaken as refused:
        return refused
    if said.seen is not None and locked.pk != thread.pk:  # it was merged meanwhile: its numbers are others
        said = replace(said, seen=0)
    return _add_post(locked, said, answers)


def _held(pk: int, by: User) -> Thread | None:
    """The thread that `by` reads, under its lock. One that was merged into another leads on to that one."""
    # Two posts at once queue here, so that each gets a number of its own; readers are not held up. What `by` sees is asked under the
    # lock, and the space is read under it: the thread may have moved while this waited.
    locked = Thread.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if locked is None or not _seen(by, pk=pk):
        return None
    return _held(locked.merged_into_id, by) if locked.merged_into_id else locked


@prepared
def _seen(reader: Any) -> QuerySet[Any, Any]:
    return Thread.objects.visible_to(reader).filter(pk=Late("pk")).values_list("pk")


def say(thread: Thread, *, by: User, body: str, is_rich: bool = False, via: Via = Via.WEB, **more: Any) -> Any:
    """Do what `reply` does; words that come too late for this kind of thread are kept where it has a place for them.

    Returns the post, or what was kept: each has an address to look at it.
    """
    try:
        return reply(thread, by=by, body=body, is_rich=is_rich, via=via, **more)
    except PostNotTaken:
        keeper = keepers[thread.kind] if thread.kind in keepers else None  # noqa: SIM401  a Registry has no get
        kept = keeper(thread, by, words_of(body, is_rich), via) if keeper is not None else None
        if kept is None:
            raise
        return kept


def hold_thread_of(post: Post) -> None:
    """Hold the thread of a post before the post itself is changed: who splits or merges takes them in this order, too."""
    list(Thread.objects.select_for_update(no_key=True).filter(pk=post.thread_id).values_list("pk"))


def mark_read(thread: Thread, *, by: User, number: int) -> None:
    """Note, for this person alone, that they have read up to a post."""
    if Thread.objects.visible_to(by).filter(pk=thread.pk).exists():
        ReadMark.objects.mark(by, thread.pk, min(number, thread.last_number))


def _ask_the_gates(thread: Thread, by: User) -> None:
    if thread.status in {Thread.Status.LOCKED, Thread.Status.MERGED, Thread.Status.HIDDEN}:
        raise PostNotTaken(_("This conversation is locked: nothing can be added to it."))
    if thread.space is not None and thread.space.status == Space.Status.ENDED:
        raise PostNotTaken(_("This space has ended: its conversations can be read, and nothing can be added."))
    if not rules.may_answer(by, thread):
        raise PermissionDenied(_("Your role in this space is to read along. Ask its leader for another one to take part."))
    if thread.kind in gates:
        gates[thread.kind](thread, by)


def _subject(subject: str) -> str:
    subject = " ".join(subject.split())[:150]
    if not subject:
        raise ValidationError(_("Say in a few words what it is about."))
    return subject


def _add_post(thread: Thread, said: Said, answers: Post | None = None) -> Post:
    by = said.by
    post = Post.objects.create(
        thread=thread,
        number=thread.last_number + 1,
        author=by,
        body=said.body,
        quoted=said.quoted,
        labels=said.labels,
        answers=answers if answers is not None and answers.thread_id == thread.pk else None,
        via=said.via,
        assistant=said.assistant,
        assistant_name=said.assistant.name if said.assistant else "",
        message_id=said.message_id,
        sent_key=said.sent_key,
    )
    attach(said.uploads, post)
    thread.last_number, thread.last_post_at = post.number, post.posted_at
    Thread.objects.filter(pk=thread.pk).update(last_number=post.number, last_post_at=post.posted_at)
    ReadMark.objects.answered(by, thread.pk, post.number, post.number if said.seen is None else said.seen)
    if thread.is_private:
        _mail_the_others(post)
    note_mentions(post, thread, said.named)
    signals.post_added.send(Post, post=post, thread=thread)
    return post


def _mail_the_others(post: Post) -> None:
    """There are seven at most, so it is done at once. Whoever sends words that were approved beforehand mails them, and says so."""
    if post.via == Via.APPROVED:
        Post.objects.filter(pk=post.pk).update(told_at=timezone.now())
        return
    muted = Follow.objects.filter(thread=post.thread_id, level=Follow.Level.MUTED).values("person")
    deaf = Block.objects.filter(blocked=post.author_id).values("person")
    others = (
        Participant.objects.filter(thread=post.thread_id)
        .exclude(person=post.author_id)
        .exclude(person__in=muted)
        .exclude(person__in=deaf)
    )
    wait = Community.seen().time_to_mend
    for other in others.select_related("person"):
        key = f"private-message:{post.pk}:{other.person_id}"
        outbox.post("private_message", other.person, key=key, wait=wait, post=post.pk)
    post.told_at = timezone.now()
    post.save(update_fields=["told_at"])
