"""What conversations say by mail."""

from __future__ import annotations

from email.utils import formataddr
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from correspondence.addresses import TEAM, at_our_domain, person_via_community
from correspondence.kinds import Kind, kinds
from discussions import footers
from discussions.by_mail.addresses import MUTE, READ
from discussions.models import Follow, Participant, Post, Space, Thread
from discussions.posts.files import files_of
from discussions.quoting import post_for

if TYPE_CHECKING:
    from ambassadors.models import User
    from correspondence.models import OutgoingMail
    from discussions.footers import Footer

REFERENCES = 10


def post_of(mail: OutgoingMail) -> Post | None:
    """Return the post that the mail speaks of, if its recipient may still read it."""
    found: Post | None = (
        Post.objects.visible_to(mail.person)
        .filter(pk=mail.about["post"])
        .with_author()
        .select_related("thread__space")
        .annotate(files=files_of(mail.person))
        .first()
        if mail.person
        else None
    )
    return found


def private_message_is_wanted(mail: OutgoingMail) -> bool:
    """Asked when it is sent: the recipient still takes part, is a member and has not muted it, and the one who wrote is a member too."""
    post = post_of(mail)
    if post is None or post.author is None or not post.author.is_member or post.status != Post.Status.SHOWN:
        return False
    return not Follow.objects.filter(thread=post.thread_id, person=mail.person, level=Follow.Level.MUTED).exists()


def private_message_context(mail: OutgoingMail) -> dict[str, Any]:
    """The whole post, and who gets an answer."""
    post, person = post_of(mail), mail.person
    assert post is not None and person is not None  # noqa: S101, PT018  asked just before
    others = [one.person for one in Participant.objects.filter(thread=post.thread).exclude(person=person).select_related("person")]
    foot = footers.of_private(person, post, others)
    return {
        "post": post,
        "author": post.author,
        "thread": post.thread,
        "url": settings.SITE_URL + post.get_absolute_url(),
        "footer": foot,
        "readers": foot.answer,
        "is_first": post.number == 1,
    } | post_for(person, post)._asdict()


def private_message_headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """From and Reply-To both lead back into the thread; the ids let each mail program show the conversation as one."""
    post, person = context["post"], mail.person
    assert person is not None  # noqa: S101  a private message always goes to somebody
    return headers_within_thread(person, post, author=str(context["author"]), address=context["footer"].local_part)


def headers_within_thread(person: User, post: Post, *, author: str, address: str) -> dict[str, str]:
    """The headers of a post's mail to `person`, whose answer goes to `address`."""
    earlier = Post.objects.visible_to(person).filter(thread=post.thread, number__lt=post.number).order_by("-number")
    ids = [id_in_mailbox_of(person, one) for one in reversed(earlier.only("author", "message_id")[:REFERENCES])]
    return {
        **answered_at(author, address),
        "Message-ID": id_of(post),
        "In-Reply-To": ids[-1] if ids else "",
        "References": " ".join([f"<thread-{post.thread_id}@{settings.MAIL_DOMAIN}>", *ids]),
    }


def answered_at(name: str, address: str) -> dict[str, str]:
    """From and Reply-To of somebody whose mail is answered at an address of ours; where there is none, the support team reads answers."""
    reply_to = {"Reply-To": formataddr((name, at_our_domain(address)))} if address else {}
    return {"From": person_via_community(name, address or TEAM)} | reply_to


def answered_within(thread: Thread, name: str, foot: Footer) -> dict[str, str]:
    """The same for a mail that begins a conversation, or stands beside its posts: mail programs show all of it as one."""
    return (
        answered_at(name, foot.local_part) | {"References": f"<thread-{thread.pk}@{settings.MAIL_DOMAIN}>"} | listed(thread.space)
    )


def listed(space: Space | None) -> dict[str, str]:
    """By what mail programs sort the mail of a space."""
    return {"List-Id": formataddr((space.name, f"space-{space.pk}.{settings.MAIL_DOMAIN}"))} if space is not None else {}


def id_of(post: Post) -> str:
    """The Message-ID under which we mail a post: the same for everybody who gets it."""
    return f"<post-{post.pk}@{settings.MAIL_DOMAIN}>"


def id_in_mailbox_of(person: User, post: Post) -> str:
    """The id by which this person's mail program knows the post: their own mail's, where it came from them."""
    return post.message_id if post.author_id == person.pk and post.message_id else id_of(post)


def private_message_sample() -> dict[str, Any]:
    """A message of two lines."""
    answer = "Answer this mail to answer. Your answer goes to Maya Okafor, and to nobody else."
    return {
        "author": "Maya Okafor",
        "thread": {"subject": "Your question about the energy audit"},
        "text": "Thank you for asking. We did ours in two afternoons; shall I send you the sheet?",
        "body": "Thank you for asking. We did ours in two afternoons; shall I send you the sheet?",
        "url": "https://community.example.org/discussions/7/",
        "readers": answer,
        "footer": footers.sample(answer=answer, alone="", acts=(READ, MUTE)),
        "is_first": True,
    }


kinds.add(
    "private_message",
    Kind(
        name="private_message",
        own_words=True,
        label=gettext_lazy("Private messages"),
        context=private_message_context,
        sample=private_message_sample,
        still_wanted=private_message_is_wanted,
        headers=private_message_headers,
        placeholders=("author", "text", "url", "readers"),
    ),
)
