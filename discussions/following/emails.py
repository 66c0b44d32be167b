"""What is said in spaces, by mail: each post to those who follow, and to whoever is named in it.

Everything is asked again when a mail is sent: whether its reader may still read the post, and still wants to hear of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from correspondence.kinds import Kind, kinds
from discussions import footers
from discussions.emails import headers_within_thread, listed, post_of
from discussions.following.levels import Level
from discussions.following.recipients import hears_of
from discussions.models import Mention, Post, Thread
from discussions.quoting import post_for

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail


def shown_post_of(mail: OutgoingMail) -> Post | None:
    """The post that the mail speaks of, where its recipient may read it and it is shown to everybody who may: no mail about the rest."""
    post = post_of(mail)
    if post is None or post.status != Post.Status.SHOWN or post.thread.space is None:
        return None
    if post.author is None and not post.written_by:  # somebody outside has a name and no account; who was erased has neither
        return None
    return post if post.thread.status in {Thread.Status.OPEN, Thread.Status.LOCKED} else None


def thread_post_is_wanted(mail: OutgoingMail) -> bool:
    """Asked when it is sent: the post can be read, its thread is followed, and nobody has moved it to one that is not."""
    post = shown_post_of(mail)
    return post is not None and mail.person is not None and hears_of(mail.person, post.thread) == Level.EVERY


def mention_is_wanted(mail: OutgoingMail) -> bool:
    """The same for whoever is named, and is still named: any level will do but one that mutes."""
    post = shown_post_of(mail)
    if post is None or mail.person is None or not Mention.objects.filter(post=post, person=mail.person).exists():
        return False
    return hears_of(mail.person, post.thread) != Level.MUTED


def thread_post_context(mail: OutgoingMail) -> dict[str, Any]:
    """The whole post with the labels of its day, and what its reader can do with it."""
    return _context(mail, level=Level.EVERY)


def mention_context(mail: OutgoingMail) -> dict[str, Any]:
    """The same, whatever its reader hears of the conversation."""
    return _context(mail)


def _context(mail: OutgoingMail, level: str | None = None) -> dict[str, Any]:
    post, person = shown_post_of(mail), mail.person
    assert post is not None and person is not None  # noqa: S101, PT018  asked just before
    foot = footers.of_post(person, post, level=level)
    return {
        "author": post.byline,
        "labels": ", ".join(post.labels),
        "thread": post.thread,
        "space": post.thread.space,
        "url": settings.SITE_URL + post.get_absolute_url(),
        "footer": foot,
        "readers": foot.answer,
        "is_first": post.number == 1,
        "post": post,
    } | post_for(person, post)._asdict()


def thread_post_headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """From and Reply-To lead back into the thread; for whoever only reads there, to its author. Mail programs can sort by the space."""
    assert mail.person is not None  # noqa: S101  asked before
    headers = headers_within_thread(mail.person, context["post"], author=context["author"], address=context["footer"].local_part)
    return headers | listed(context["space"])


def thread_post_link(mail: OutgoingMail, context: dict[str, Any]) -> str:
    """Where a line about it leads."""
    url: str = context["url"]
    return url


def thread_post_is_one_line(mail: OutgoingMail, context: dict[str, Any]) -> str:
    """All that waited of one conversation is one line of a digest, and leads to the first of it."""
    return str(context["thread"].pk)


def thread_post_sample() -> dict[str, Any]:
    """An answer of two lines."""
    words = "We asked the parents first. They cut eleven of our fourteen questions, and answered the other three."
    return {
        "author": "Maya Okafor",
        "labels": "backbone organization, funder of initiatives",
        "thread": {"subject": "Which questions did you drop?"},
        "space": {"name": "Counting what matters"},
        "text": words,
        "body": words,
        "url": "https://community.example.org/discussions/posts/70/",
        "footer": footers.sample(),
        "readers": footers.sample().answer,
        "is_first": False,
    }


PLACEHOLDERS = ("author", "labels", "text", "url", "readers")
kinds.add(
    "thread_post",
    Kind(
        name="thread_post",
        own_words=True,
        label=gettext_lazy("Conversations you follow"),
        description=gettext_lazy(
            "What is said in conversations and spaces that you follow. For each you choose how much, on its page or under “What you follow”."
        ),
        context=thread_post_context,
        sample=thread_post_sample,
        still_wanted=thread_post_is_wanted,
        headers=thread_post_headers,
        link=thread_post_link,
        one_line=thread_post_is_one_line,
        placeholders=PLACEHOLDERS,
        required=("text",),
    ),
)
kinds.add(
    "mention",
    Kind(
        name="mention",
        own_words=True,
        label=gettext_lazy("Somebody names you"),
        description=gettext_lazy("When somebody writes your name with an @ in a conversation that you can read."),
        context=mention_context,
        sample=thread_post_sample,
        still_wanted=mention_is_wanted,
        headers=thread_post_headers,
        link=thread_post_link,
        placeholders=PLACEHOLDERS,
        required=("text",),
    ),
)
