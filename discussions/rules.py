"""Who may do what where people talk. One place: buttons, pages, mail and workflows ask here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discussions.models import Participant, Post, Space, SpaceRole, Thread

if TYPE_CHECKING:
    from ambassadors.models import User

Role = SpaceRole.Role
STARTS = frozenset({Role.LEADER, Role.PARTICIPANT})
ANSWERS = frozenset({Role.LEADER, Role.PARTICIPANT, Role.ADVISOR})


def roles_of(user: User, space: Space) -> set[str]:
    """The roles that `user` holds in `space`, while they are a member."""
    return set(SpaceRole.objects.filter(space=space, person=user).values_list("role", flat=True)) if user.is_member else set()


def leads(user: User | None, space: Space | None) -> bool:
    """Whether `user` runs the space; the support team runs the topics. Nobody leads a private thread (no space)."""
    if user is None or space is None or not user.is_member:
        return False
    return (space.is_topic and user.is_staff) or Role.LEADER in roles_of(user, space)


def may_start(user: User, space: Space) -> bool:
    """In a topic every member begins threads, in a micro-community its leaders and participants; in one that has ended nobody."""
    if not user.is_member or space.status != Space.Status.ACTIVE:
        return False
    return space.is_topic or bool(STARTS & roles_of(user, space))


def may_answer(user: User, thread: Thread) -> bool:
    """Of a thread visible to `user`: whether they may add to it, as far as its state and their role go."""
    if thread.status not in {Thread.Status.OPEN, Thread.Status.PREPARING} or not user.is_member:
        return False
    if thread.space is None:
        return Participant.objects.filter(thread=thread, person=user).exists()
    if thread.space.status != Space.Status.ACTIVE:
        return False
    return thread.space.is_topic or bool(ANSWERS & roles_of(user, thread.space))


def may_edit(user: User, post: Post) -> bool:
    """Authors edit what they said, while the thread can be added to."""
    return user.is_member and post.author_id == user.pk and post.status == Post.Status.SHOWN and may_answer(user, post.thread)
