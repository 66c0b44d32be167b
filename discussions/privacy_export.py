"""What an archive holds of conversations, and what erasing a person leaves of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from discussions.models import Participant, Post
from discussions.words import to_plain
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
        }


def forget_the_author(person: User) -> None:
    """Their words stay with those they were said to, as a former member's; they take part in nothing any more."""
    Post.objects.filter(author=person).update(author=None, labels=[], message_id="")
    Participant.objects.filter(person=person).delete()


sections.add("messages", Section(_("What you said in conversations"), what_they_said, forget_the_author))
