"""What changes in conversations: one function per intention, which owns its transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence import outbox
from discussions.models import Participant, Post, Thread
from discussions.words import LONGEST, rich_from_plain
from foundation.models import Via
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.models import User


@transaction.atomic
def start_private_thread(*, by: User, to: User, subject: str, body: str, via: Via = Via.WEB) -> Thread:
    """Begin a private conversation of two, with its first post, and mail it to the other one.

    Raises PermissionDenied when either is not an active member, ValidationError when there are no words.
    """
    if by == to or not by.is_member or not to.is_member:
        raise PermissionDenied(_("A private message goes from one active member to another."))
    subject = " ".join(subject.split())[:150]
    if not subject:
        raise ValidationError(_("Say in a few words what it is about."))
    thread = Thread.objects.create(subject=subject, started_by=by)
    Participant.objects.bulk_create(Participant(thread=thread, person=who, seat=seat) for seat, who in enumerate([by, to], start=1))
    record("started a private thread", thread, by=by, via=via)
    _add_post(thread, by=by, body=body, via=via)
    return thread


@transaction.atomic
def reply(thread: Thread, *, by: User, body: str, via: Via = Via.WEB, quoted: str = "", message_id: str = "") -> Post:
    """Say something in a thread, and mail it to the others in it.

    Raises PermissionDenied when `by` has no part in it, ValidationError when there are no words.
    """
    if not Thread.objects.visible_to(by).filter(pk=thread.pk).exists():
        raise PermissionDenied(_("Only those who take part in a private conversation can write in it."))
    return _add_post(thread, by=by, body=body, via=via, quoted=quoted, message_id=message_id)


def mark_read(thread: Thread, *, by: User, number: int) -> None:
    """Note, for this person alone, that they have read up to a post."""
    Participant.objects.mark_read(by, thread.pk, min(number, thread.last_number))


def _add_post(thread: Thread, *, by: User, body: str, via: Via, quoted: str = "", message_id: str = "") -> Post:
    if not body.strip():
        raise ValidationError(_("There are no words in it yet."))
    if len(body) > LONGEST:
        raise ValidationError(_("That is too long for one post: at most 50,000 characters."))
    # Two posts at once queue here, so that each gets a number of its own; readers are not held up.
    locked = Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
    post = Post.objects.create(
        thread=locked,
        number=locked.last_number + 1,
        author=by,
        body=rich_from_plain(body),
        quoted=quoted,
        via=via,
        message_id=message_id[:255],
        posted_at=timezone.now(),
    )
    Thread.objects.filter(pk=locked.pk).update(last_number=post.number, last_post_at=post.posted_at)
    Participant.objects.mark_read(by, locked.pk, post.number)
    for other in Participant.objects.filter(thread=locked).exclude(person=by).select_related("person"):
        outbox.post("private_message", other.person, key=f"private-message:{post.pk}:{other.person_id}", post=post.pk)
    return post
