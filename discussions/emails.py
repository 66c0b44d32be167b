"""What conversations say by mail."""

from __future__ import annotations

from email.utils import formataddr
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from correspondence.addresses import at_our_domain, person_via_community
from correspondence.kinds import Kind, kinds
from correspondence.models import ReplyAddress
from discussions.models import Follow, Participant, Post
from discussions.words import to_plain

if TYPE_CHECKING:
    from ambassadors.models import User
    from correspondence.models import OutgoingMail

REFERENCES = 10


def post_of(mail: OutgoingMail) -> Post | None:
    """Return the post that the mail speaks of, if its recipient may still read it."""
    found: Post | None = (
        Post.objects.visible_to(mail.person).filter(pk=mail.about["post"]).with_author().select_related("thread__space").first()
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
    post = post_of(mail)
    assert post is not None  # noqa: S101  asked just before
    others = [one.person for one in Participant.objects.filter(thread=post.thread).select_related("person")]
    return {
        "post": post,
        "author": post.author,
        "thread": post.thread,
        "text": to_plain(post.body),
        "body": post.shown,
        "url": settings.SITE_URL + post.get_absolute_url(),
        "readers": who_reads([one for one in others if one != mail.person]),
        "is_first": post.number == 1,
    }


def who_reads(others: list[User]) -> str:
    """Say who gets an answer."""
    if len(others) == 1:
        return _("Your answer goes to %(name)s, and to nobody else.") % {"name": others[0]}
    names = ", ".join(str(one) for one in others)
    return ngettext("Your answer goes to %(names)s.", "Your answer goes to all %(count)d: %(names)s.", len(others)) % {
        "names": names,
        "count": len(others),
    }


def private_message_headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """From and Reply-To both lead back into the thread; the ids let each mail program show the conversation as one."""
    post, person = context["post"], mail.person
    assert person is not None  # noqa: S101  a private message always goes to somebody
    address = ReplyAddress.objects.of("reply", person, post.thread).local_part
    return headers_within_thread(person, post, author=str(context["author"]), address=address)


def headers_within_thread(person: User, post: Post, *, author: str, address: str) -> dict[str, str]:
    """The headers of a post's mail to `person`, whose answer goes to `address`."""
    earlier = Post.objects.visible_to(person).filter(thread=post.thread, number__lt=post.number).order_by("-number")
    ids = [id_in_mailbox_of(person, one) for one in reversed(earlier.only("author", "message_id")[:REFERENCES])]
    return {
        "From": person_via_community(author, address),
        "Reply-To": formataddr((author, at_our_domain(address))),
        "Message-ID": id_of(post),
        "In-Reply-To": ids[-1] if ids else "",
        "References": " ".join([f"<thread-{post.thread_id}@{settings.MAIL_DOMAIN}>", *ids]),
    }


def id_of(post: Post) -> str:
    """The Message-ID under which we mail a post: the same for everybody who gets it."""
    return f"<post-{post.pk}@{settings.MAIL_DOMAIN}>"


def id_in_mailbox_of(person: User, post: Post) -> str:
    """The id by which this person's mail program knows the post: their own mail's, where it came from them."""
    return post.message_id if post.author_id == person.pk and post.message_id else id_of(post)


def private_message_sample() -> dict[str, Any]:
    """A message of two lines."""
    return {
        "author": "Maya Okafor",
        "thread": {"subject": "Your question about the energy audit"},
        "text": "Thank you for asking. We did ours in two afternoons; shall I send you the sheet?",
        "body": "Thank you for asking. We did ours in two afternoons; shall I send you the sheet?",
        "url": "https://community.example.org/discussions/7/",
        "readers": "Your answer goes to Maya Okafor, and to nobody else.",
        "is_first": True,
    }


kinds.add(
    "private_message",
    Kind(
        name="private_message",
        label=gettext_lazy("Private messages"),
        context=private_message_context,
        sample=private_message_sample,
        still_wanted=private_message_is_wanted,
        headers=private_message_headers,
        placeholders=("author", "text", "url", "readers"),
    ),
)
