"""What mails do that read, follow, mute, thank and begin conversations: each answered with what came of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from correspondence import outbox
from correspondence.inbound.helping import asks_for_help, send_help
from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.models import InboundMail
from discussions.by_mail import words
from discussions.by_mail.addresses import FOLLOW, MUTE, PRIVATE, READ, ROWS_OF, SPACE, THANK
from discussions.by_mail.beginning import begin_in_space, begin_privately, whom_it_could_mean
from discussions.following import workflow as following
from discussions.models import Follow, Post, Space, Thread
from discussions.posts import workflow as posts
from discussions.workflow import mark_read

if TYPE_CHECKING:
    from django.db import models

    from ambassadors.models import User

Reason = InboundMail.Reason
MOST_MERGED = 5  # threads that were merged, one into the next


def read(delivery: Delivery) -> models.Model:
    """Mail a thread, the conversations of a space, or all that is new: to the person's main address, wherever this came from."""
    person, target = _person_of(delivery), _target_of(delivery)
    about = {"before": words.before_in(delivery.parsed)}
    if isinstance(target, Thread):
        _post(delivery, "read_thread", thread=target.pk, **about)
        if not about["before"]:
            mark_read(target, by=person, number=target.last_number)
    elif isinstance(target, Space):
        _post(delivery, "read_space", space=target.pk, **about)
    elif target == person:
        _post(delivery, "read_all")
    else:
        raise MailNotTaken(Reason.NOT_OPEN)
    return target


def follow(delivery: Delivery) -> models.Model:
    """Hear as much of a thread or space as the first line says."""
    level = words.level_in(delivery.parsed)
    if level is None:
        raise MailNotTaken(
            Reason.NOT_CLEAR,
            why=_("Write “every”, “digest”, “mentions” or “stop” in its first line, or nothing at all for every reply."),
        )
    return _follow(delivery, level)


def mute(delivery: Delivery) -> models.Model:
    """Hear nothing more of a thread or space."""
    return _follow(delivery, Follow.Level.MUTED, **_unsaid(delivery))


def thank(delivery: Delivery) -> models.Model:
    """Thank somebody for a post, for them alone; or take that back."""
    person, post = _person_of(delivery), _target_of(delivery)
    if not isinstance(post, Post):
        raise MailNotTaken(Reason.NOT_OPEN)
    if words.command_in(delivery.parsed) in words.TAKES_BACK:
        posts.unthank(post, by=person)
    else:
        _thank(post, person)
    _post(delivery, "done_by_mail", act=THANK, post=post.pk, **_unsaid(delivery))
    return post


def _thank(post: Post, person: User) -> None:
    try:
        posts.thank(post, by=person)
    except PermissionDenied as error:
        raise MailNotTaken(Reason.NOT_OPEN, why=str(error)) from error


def _unsaid(delivery: Delivery) -> dict[str, int]:
    """Where words came along that nobody gets: in which mail they stand."""
    return {"inbound": delivery.mail.pk} if words.unsaid_in(delivery.parsed) else {}


def _follow(delivery: Delivery, level: str, **more: Any) -> models.Model:
    person, target = _person_of(delivery), _target_of(delivery)
    if not isinstance(target, Thread | Space):
        raise MailNotTaken(Reason.NOT_OPEN)
    if isinstance(target, Thread) and target.is_private and level != Follow.Level.MUTED:
        level = ""  # of a private conversation one hears everything or nothing
    following.follow(target, by=person, level=level)
    name = "thread" if isinstance(target, Thread) else "space"
    _post(delivery, "done_by_mail", act=FOLLOW, **{name: target.pk}, **more)
    return target


def _person_of(delivery: Delivery) -> User:
    if delivery.person is None:
        raise MailNotTaken(Reason.NOT_OPEN)
    return delivery.person


def _target_of(delivery: Delivery) -> models.Model:
    """What the address stands for, where its person may read it now; of a merged thread, the one it was merged into."""
    person, target = _person_of(delivery), delivery.address.target if delivery.address else None
    if target is not None and _is_read_by(person, target):
        return _at_last(person, target) if isinstance(target, Thread) else target
    raise MailNotTaken(Reason.NOT_OPEN)


def _is_read_by(person: User, target: models.Model) -> bool:
    if isinstance(target, Space):
        return bool(Space.objects.read_by(person).filter(pk=target.pk).exists())
    if isinstance(target, Thread | Post):
        return bool(type(target).objects.visible_to(person).filter(pk=target.pk).exists())
    return target == person


def _at_last(person: User, thread: Thread) -> Thread:
    for _turn in range(MOST_MERGED):
        if thread.merged_into_id is None:
            return thread
        following_one: Thread | None = Thread.objects.visible_to(person).filter(pk=thread.merged_into_id).first()
        if following_one is None:
            break
        thread = following_one
    raise MailNotTaken(Reason.NOT_OPEN)


def _post(delivery: Delivery, kind: str, **about: Any) -> None:
    """Answer the mail, once: below it in whatever program it was written with."""
    mail = delivery.mail
    outbox.post(kind, delivery.person, key=f"{kind}:{mail.pk}", answers=delivery.parsed.message_id, **about)


def or_help(handle: Callable[[Delivery], models.Model]) -> Callable[[Delivery], models.Model | None]:
    """Do what a mail asks; where it asks for help alone, mail that and do nothing else."""

    @wraps(handle)
    def handled(delivery: Delivery) -> models.Model | None:
        if not asks_for_help(delivery.parsed):
            return handle(delivery)
        send_help(delivery)
        return None

    return handled


for act, handle in ((READ, read), (FOLLOW, follow), (MUTE, mute), (THANK, thank)):
    inbound.add(act, Door(or_help(handle), wordless=True, rows_of=ROWS_OF[act]))
inbound.add(SPACE, Door(or_help(begin_in_space), takes_files=True))
inbound.add(PRIVATE, Door(or_help(begin_privately), takes_files=True, hints=whom_it_could_mean))
