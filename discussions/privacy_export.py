"""What an archive holds of conversations, and what erasing a person leaves of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from ambassadors.models import Erasure
from discussions.models import Participant, Post, Thread
from discussions.words import rich_from_plain, to_plain
from foundation.forgetting import names_of, take_out
from foundation.privacy_export import Record, Section, sections

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
            "role labels of that day": post.labels,
        }


def forget_the_author(person: User) -> None:
    """Their words stay with those they were said to, as a former member's, unless they asked for their words to go too.

    What mail programs copied below an answer (name, address) loses the name, in all threads the person took part in.
    """
    own = Post.objects.filter(author=person)
    names = names_of(person)
    theirs = list(Participant.objects.filter(person=person).values_list("thread_id", flat=True))
    take_out(Post.objects.filter(thread__in=theirs), "quoted", names)
    take_out(own, "body", names)
    take_out(Thread.objects.filter(pk__in=theirs), "subject", names)
    if Erasure.objects.planned().filter(person=person, words=Erasure.Words.REMOVE).exists():
        own.update(body=rich_from_plain(str(_("This was removed when its author left."))), quoted="")
    own.update(author=None, labels=[], message_id="")
    Participant.objects.filter(person=person).delete()


def where_they_take_part(person: User) -> Iterable[Record]:
    """The conversations they are in, and how far they have read in each."""
    seats = Participant.objects.filter(person=person).select_related("thread").order_by("pk")
    for seat in seats.iterator(chunk_size=500):
        yield {"thread": seat.thread.subject, "read up to post": seat.read_number, "read at": seat.read_at}


def leave_the_table(person: User) -> None:
    """The conversations stay with the others; nothing says who began them."""
    Thread.objects.filter(started_by=person).update(started_by=None)
    Participant.objects.filter(person=person).delete()


sections.add(
    "messages",
    Section(
        _("What you said in conversations"),
        what_they_said,
        forget_the_author,
        weight=10,
        models=("discussions.Post",),
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
        models=("discussions.Thread", "discussions.Participant"),
        text=_("Their subjects, and how far you have read, if you let that be remembered."),
    ),
)
