"""Who may do what where people talk. One place: buttons, pages, mail and workflows ask here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from discussions.models import Participant, Post, Space, SpaceRequest, SpaceRole, Thread
from foundation.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrPromise

    from ambassadors.models import User

Role = SpaceRole.Role
# By kind of thread: whether it takes nothing more from somebody who could answer there. `closed(user, thread)`.
closings: Registry[Callable[[User, Thread], bool]] = Registry("closing of a kind of thread")
STARTS = frozenset({Role.LEADER, Role.PARTICIPANT})
ANSWERS = frozenset({Role.LEADER, Role.PARTICIPANT, Role.ADVISOR})
# The same in words, as the pages of a space say it.
RIGHTS: dict[str, StrPromise] = {
    Role.LEADER: _("begins conversations and answers, decides who is in it, and ends it with a word on what came of it"),
    Role.PARTICIPANT: _("begins conversations and answers"),
    Role.ADVISOR: _("reads everything and answers"),
    Role.PROMOTER: _("reads everything, and carries what may be told to people outside"),
}


def roles_of(user: User, space: Space) -> set[str]:
    """The roles that `user` holds in `space`, while they are a member."""
    if not user.is_member:
        return set()
    known = getattr(space, "known_roles", {}).get(user.pk)  # read with the space by the page of a thread
    return set(SpaceRole.objects.filter(space=space, person=user).values_list("role", flat=True) if known is None else known)


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
    if thread.status == Thread.Status.PREPARING and thread.kind == Thread.Kind.ASK_ME_ABOUT:
        return False  # its words are those of the session's form
    if thread.space is None:
        known = getattr(thread, "known_seats", None)  # read with the thread by its page
        return Participant.objects.filter(thread=thread, person=user).exists() if known is None else user.pk in known
    if thread.space.status != Space.Status.ACTIVE:
        return False
    return thread.space.is_topic or bool(ANSWERS & roles_of(user, thread.space))


def finds_form(user: User, thread: Thread) -> bool:
    """Whether a page offers a form to answer with: they may, and a thread of this kind takes something from them at the moment."""
    return may_answer(user, thread) and not (thread.kind in closings and closings[thread.kind](user, thread))


def may_be_mailed_whole(person: User, thread: Thread) -> bool:
    """Whether a mail to `person` may hold the words of a thread that they can read, or only who wrote, where, and about what.

    The words of a space that keeps them out of mail are in no mail at all, whoever asks for them; the other half is the reader's choice.
    """
    return not (person.headlines_only or kept_out_of_mail(thread.space))


def kept_out_of_mail(space: Space | None) -> bool:
    """Whether nothing that is said in a space may be mailed to anybody."""
    return space is not None and space.headlines_only


def may_edit(user: User, post: Post) -> bool:
    """Authors edit what they said, while the thread can be added to."""
    return user.is_member and post.author_id == user.pk and post.status == Post.Status.SHOWN and may_answer(user, post.thread)


def may_begin_space(user: User, kind: str) -> bool:
    """Micro-communities are begun by any member, topics by the support team."""
    return user.is_member and (kind == Space.Kind.MICRO or user.is_staff)


def may_join(user: User, space: Space) -> bool:
    """An open micro-community is joined at once, by whoever is not in it."""
    return _takes_people(user, space) and space.openness == Space.Openness.OPEN and not roles_of(user, space)


def may_ask(user: User, space: Space, role: str) -> bool:
    """Of a space visible to `user`: whether they may ask to be let in as `role`, or for this role beside their own."""
    return _takes_people(user, space) and role not in roles_of(user, space)


def may_find_leader(user: User, space: Space) -> bool:
    """Where nobody leads a micro-community that it knows of, the support team may ask somebody to."""
    if not (user.is_member and user.is_staff):
        return False
    return Space.objects.visible_to(user).without_leader().filter(pk=space.pk).exists()


def may_invite(user: User, space: Space, role: str) -> bool:
    """Its leaders invite; the support team invites to lead a space that nobody leads. A topic has leaders and no other roles."""
    if space.is_topic:
        return role == Role.LEADER and not space.has_ended and leads(user, space)
    if not _takes_people(user, space):
        return False
    return leads(user, space) or (role == Role.LEADER and may_find_leader(user, space))


def may_take_lead(user: User, space: Space) -> bool:
    """Whoever is in a micro-community that nobody leads may take it on."""
    if not _takes_people(user, space) or not roles_of(user, space):
        return False
    return not SpaceRole.objects.who_belong().leaders().lasting().filter(space=space).exists()


def may_decide(user: User | None, request: SpaceRequest) -> bool:
    """An invitation is answered by who was invited, a request by those who lead the space."""
    if user is None or not user.is_member:
        return False
    return request.person_id == user.pk if request.is_invitation else leads(user, request.space)


def may_take_back(user: User | None, request: SpaceRequest) -> bool:
    """An invitation is taken back by who made it or leads the space, a request by who asked."""
    if user is None or not user.is_member:
        return False
    if request.is_invitation:
        return request.invited_by_id == user.pk or leads(user, request.space)
    return request.person_id == user.pk


def _takes_people(user: User, space: Space) -> bool:
    return user.is_member and not space.is_topic and space.status == Space.Status.ACTIVE


def may_withdraw(user: User | None, post: Post) -> bool:
    """Authors take their words back at any time, also where nothing can be added any more."""
    return user is not None and user.is_member and post.author_id == user.pk


def may_restore(user: User | None, post: Post) -> bool:
    """Whoever took their own words back puts them back, where they could say them anew."""
    return may_withdraw(user, post) and user is not None and may_answer(user, post.thread)


def may_thank(user: User, post: Post) -> bool:
    """Of a post visible to `user`: thanks go to somebody else."""
    return user.is_member and post.status == Post.Status.SHOWN and post.author_id not in {None, user.pk}
