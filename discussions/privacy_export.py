"""What an archive holds of conversations, and what erasing a person leaves of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Erasure
from discussions.models import Follow, Participant, Post, PostRevision, ReadMark, Space, SpaceRequest, SpaceRole, Thread
from discussions.words import rich_from_plain, to_plain
from foundation import search
from foundation.forgetting import names_of, take_out
from foundation.privacy_export import Record, Section, exempt, sections

if TYPE_CHECKING:
    from ambassadors.models import User


def what_they_said(person: User) -> Iterable[Record]:
    """Their own posts. What others said to them is the others' own."""
    posts = Post.objects.filter(author=person).select_related("thread").order_by("pk")
    for post in posts.iterator(chunk_size=500):
        yield {
            "at": post.posted_at,
            "thread": post.thread.subject,
            "text": to_plain(post.body),
            "quoted": post.quoted,
            "via": post.via,
            "through": post.assistant_name,
            "role labels of that day": post.labels,
        }


def forget_the_author(person: User) -> None:
    """Their words stay with those they were said to, as a former member's, unless they asked for their words to go too.

    What mail programs copied below an answer (name, address) loses the name, in all threads the person took part in; and so do posts
    that an archive brought under it.
    """
    own = Post.objects.filter(author=person)
    own_keys = list(own.values_list("pk", flat=True))
    names = names_of(person)
    sat_in = Participant.objects.filter(person=person).values("thread")
    theirs = list(Thread.objects.filter(Q(pk__in=sat_in) | Q(pk__in=own.values("thread"))).values_list("pk", flat=True))
    take_out(Post.objects.filter(thread__in=theirs), "quoted", names)
    take_out(own, "body", names)
    PostRevision.objects.filter(post__in=own).delete()
    take_out(Thread.objects.filter(pk__in=theirs), "subject", names)
    if Erasure.objects.planned().filter(person=person, words=Erasure.Words.REMOVE).exists():
        own.update(body=rich_from_plain(str(_("This was removed when its author left."))), quoted="")
    own.update(author=None, labels=[], message_id="")
    own_keys += _forget_in_archives(names)
    Participant.objects.filter(person=person).delete()
    search.index_many("post", own_keys)
    search.index_many("thread", theirs)


def _forget_in_archives(names: list[str]) -> list[int]:
    """Take the names from what an archive brought without an account; return the keys of those posts."""
    Thread.objects.filter(starter_name__in=names).update(starter_name="")
    posts = Post.objects.filter(written_by__in=names)
    keys = list(posts.values_list("pk", flat=True))
    posts.update(written_by="")
    return keys


def where_they_take_part(person: User) -> Iterable[Record]:
    """The private conversations they are in, and how far they have read in those that they can read."""
    seats = Participant.objects.filter(person=person, thread__kind="private").select_related("thread").order_by("pk")
    for seat in seats.iterator(chunk_size=500):
        yield {"thread": seat.thread.subject, "since": seat.thread.started_at}
    marks = ReadMark.objects.visible_to(person).filter(thread__in=Thread.objects.visible_to(person).values("pk"))
    for mark in marks.select_related("thread").order_by("pk").iterator(chunk_size=500):
        yield {"thread": mark.thread.subject, "read up to post": mark.number, "read at": mark.read_at}
    for follow in Follow.objects.visible_to(person).select_related("thread", "space").order_by("pk"):
        yield {"followed since": follow.since, "how": follow.level, "what": follow.thread_id or follow.space_id}


def leave_the_table(person: User) -> None:
    """The conversations stay with the others; nothing says who began them, or how far they had read."""
    Thread.objects.filter(started_by=person).update(started_by=None)
    for rows in (Participant, ReadMark, Follow):
        rows.objects.filter(person=person).delete()


def what_they_are_in_spaces(person: User) -> Iterable[Record]:
    """Their roles, and what they asked or were asked."""
    for role in SpaceRole.objects.filter(person=person).select_related("space").order_by("pk"):
        yield {"space": role.space.name, "role": role.role, "since": role.since}
    for asked in SpaceRequest.objects.filter(person=person).select_related("space").order_by("pk"):
        yield {
            "at": asked.created_at,
            "space": asked.space.name,
            "role": asked.role,
            "words": "" if asked.is_invitation else asked.words,
            "answer": asked.answer,
            "status": asked.status,
        }
    for made in SpaceRequest.objects.filter(invited_by=person).select_related("space").order_by("pk"):
        yield {"at": made.created_at, "space": made.space.name, "role": made.role, "words of your invitation": made.words}


def leave_the_spaces(person: User) -> None:
    """Their roles end, and what they asked, or wrote to whom they invited, is forgotten."""
    SpaceRole.objects.filter(person=person).delete()
    SpaceRequest.objects.filter(person=person).delete()
    SpaceRequest.objects.filter(invited_by=person).update(invited_by=None, words="")
    SpaceRequest.objects.filter(decided_by=person).update(decided_by=None)
    Space.objects.filter(started_by=person).update(started_by=None)


sections.add(
    "messages",
    Section(
        _("What you said in conversations"),
        what_they_said,
        forget_the_author,
        weight=10,
        models=("discussions.Post", "discussions.PostRevision"),
        text=_(
            "Everything you wrote, with the subject of the conversation. What others wrote to you is theirs, and is not in here."
        ),
    ),
)
sections.add(
    "conversations",
    Section(
        _("Conversations you take part in"),
        where_they_take_part,
        leave_the_table,
        weight=11,
        models=("discussions.Thread", "discussions.Participant", "discussions.ReadMark", "discussions.Follow"),
        text=_("Their subjects, and how far you have read, if you let that be remembered."),
    ),
)
sections.add(
    "spaces",
    Section(
        _("Spaces you are part of"),
        what_they_are_in_spaces,
        leave_the_spaces,
        weight=12,
        models=("discussions.Space", "discussions.SpaceRole", "discussions.SpaceRequest"),
        text=_("Your roles in topics and micro-communities, and what you asked or were asked to join."),
    ),
)
exempt.add("discussions.ArchivedMessage", "a hash that says what was brought in already; the words and their author are posts")
