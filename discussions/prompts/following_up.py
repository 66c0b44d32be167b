"""Following up what people answered: at once or on a later day, in private or for all to read. Sending closes it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from discussions import rules
from discussions.models import FollowUp, Post, Thread
from discussions.workflow import reply, start_private_thread
from foundation.models import Via
from foundation.workflow import Transition, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

K, S = FollowUp.Kind, FollowUp.Status


def follows_up(user: User | None, one: FollowUp) -> bool:
    """Whoever leads the space of the answer."""
    return rules.leads(user, one.post.thread.space)


SEND = Transition("sent a follow-up", frozenset({S.WAITING}), S.SENT, follows_up)
DROP = Transition("dropped a follow-up", frozenset({S.WAITING}), S.DROPPED, follows_up)


@transaction.atomic
def plan(
    post: Post,
    *,
    by: User,
    kind: str,
    text: str = "",
    is_public: bool = False,
    other: User | None = None,
    due_at: datetime | None = None,
    via: Via = Via.WEB,
) -> FollowUp:
    """Note what is to be said about an answer, and when. Raises PermissionDenied when `by` does not lead its space."""
    _ask_the_rules(post, by)
    if kind == K.CONNECT and (other is None or other == post.author or not other.is_member):
        raise ValidationError(_("Say with whom you connect them."))
    one = FollowUp(post=post, by=by, kind=kind, text=text.strip(), is_public=is_public, due_at=due_at or timezone.now())
    one.other = other if kind == K.CONNECT else None
    one.save()
    record("planned a follow-up", one, by=by, via=via, note=kind)
    return one


@transaction.atomic
def settle(post: Post, *, by: User, via: Via = Via.WEB) -> None:
    """Note that an answer needs nothing."""
    _ask_the_rules(post, by)
    # Two leaders may look at the same answer at once: the second finds it looked at.
    Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    if not FollowUp.objects.filter(post=post).exists():
        one = FollowUp.objects.create(post=post, by=by, kind=K.NOTHING, status=S.SETTLED)
        record("looked at an answer", one, by=by, via=via)


@transaction.atomic
def send(one: FollowUp, *, by: User, text: str = "", via: Via = Via.WEB) -> Thread:
    """Say it, and close it: as an answer below theirs, or in a private message. Pressed twice, it is said once."""
    words = text.strip() or one.text
    if not words:
        raise ValidationError(_("There are no words in it yet."))
    apply(SEND, one, by=by, via=via, text=words, sent_at=timezone.now())
    said_in = _say(one, words, by)
    FollowUp.objects.filter(pk=one.pk).update(sent_in=said_in)
    return said_in


def drop(one: FollowUp, *, by: User, via: Via = Via.WEB) -> None:
    """Let it be."""
    apply(DROP, one, by=by, via=via)


def _say(one: FollowUp, words: str, by: User) -> Thread:
    if one.is_public:
        return reply(one.post.thread, by=by, body=words, answers=one.post, seen=0).thread
    author = one.post.author
    if author is None or not author.is_member or author == by:
        raise ValidationError(_("They have left, so nothing can be sent to them."))
    also = [one.other] if one.other is not None and one.other.is_member and one.other != by else []
    return start_private_thread(by=by, to=author, also=also, subject=_subject(one), body=words)


def _subject(one: FollowUp) -> str:
    if one.kind == K.CONNECT:
        return _("You two: %(title)s") % {"title": one.post.thread.subject}
    return _("Your answer to “%(title)s”") % {"title": one.post.thread.subject}


def _ask_the_rules(post: Post, by: User) -> None:
    if not rules.leads(by, post.thread.space) or post.thread.kind != Thread.Kind.PROMPT or post.number == 1:
        raise PermissionDenied(_("Answers to prompts are followed up by those who lead the space."))
    if post.author is None or post.author == by:
        raise ValidationError(_("There is nobody to follow up here."))
