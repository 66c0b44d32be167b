"""The foot of every mail about a conversation: what becomes of an answer, and what else its reader does by mail.

It is the only place that says so, in text and HTML alike (templates/emails/_footer.*). It promises what the doors do for this reader
now, and nothing else: each address in it has been asked of the rule that its door asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from correspondence.addresses import mailto
from correspondence.digests.sections import Target
from correspondence.models import ReplyAddress
from discussions import rules
from discussions.by_mail.addresses import FOLLOW, MUTE, READ, REPLY, THANK, address
from discussions.following.levels import Level
from discussions.following.recipients import hears_of, readers_of
from discussions.inbound import AUTHOR
from discussions.models import Post, Space, Thread

if TYPE_CHECKING:
    from ambassadors.models import User


@dataclass(frozen=True)
class Act:
    """Something that is done by writing to an address: `url` opens the mail, begun."""

    label: str
    address: str
    url: str


@dataclass(frozen=True)
class Footer:
    """What stands below a mail: where an answer goes, whom else one can write to, and what one can do with the conversation.

    `address` is where an answer goes, empty where the support team reads it; `name` is who stands beside it.
    """

    answer: str
    address: str = ""
    alone: Act | None = None
    acts: tuple[Act, ...] = ()
    more_url: str = ""

    @property
    def local_part(self) -> str:
        """Of the address where an answer goes."""
        return self.address.partition("@")[0]


def of_post(person: User, post: Post, *, level: str | None = None) -> Footer:
    """The foot of a mail about a post of a space. `level` is how much the reader hears of its thread, asked here where it is not known."""
    thread, row, posts_row = post.thread, *_rows(person, post.thread, post)
    level = hears_of(person, thread) if level is None else level
    alone = to_its_author(post, posts_row) if may_write_to_author(person, post) else None
    answers = rules.may_answer(person, thread)
    to = address(row, REPLY) if answers else alone.address if alone else ""
    return Footer(
        answer=f"{_('Answer this mail to answer.')} {audience(thread)}"
        if answers
        else _why_not(thread, has_author=alone is not None, author=post.author_name),
        address=to,
        alone=alone if answers else None,
        acts=(*_thanks(person, post, posts_row), *_acts(thread, row, level)),
        more_url=_more_url(),
    )


def of_thread(
    person: User, thread: Thread, *, answer: str, to: str = "", post: Post | None = None, acts: tuple[str, ...] = (READ, MUTE)
) -> Footer:
    """The foot of a mail that asks something about a conversation: an answer goes `to` an address, else into the thread.

    Whoever may not answer in it is told so. Where the mail shows a `post` of somebody, one can write to them alone, too.
    """
    if post is None:
        row, alone = ReplyAddress.objects.of(REPLY, person, thread), None
    else:
        row, posts_row = _rows(person, thread, post)
        alone = to_its_author(post, posts_row) if may_write_to_author(person, post) else None
    if not to and rules.may_answer(person, thread):
        to = address(row, REPLY)
    said = answer if to else _why_not(thread, has_author=False)
    return Footer(said, to, alone, tuple(act_on(row, act, thread.subject) for act in acts), _more_url())


def of_private(person: User, post: Post, others: list[User]) -> Footer:
    """The foot of a private message: an answer goes to all in it. Where they are several, one can write to its author alone."""
    thread, row, posts_row = post.thread, *_rows(person, post.thread, post)
    several = len(others) > 1 and may_write_to_author(person, post)
    return Footer(
        answer=f"{_('Answer this mail to answer.')} {who_reads(others)}",
        address=address(row, REPLY),
        alone=to_its_author(post, posts_row) if several else None,
        acts=(act_on(row, READ, thread.subject), act_on(row, MUTE, thread.subject)),
    )


def may_write_to_author(person: User, post: Post) -> bool:
    """Whether a private conversation with the author can begin. That one of the two has shut the other out is not told, here as on the web."""
    author = post.author
    return author is not None and author.pk != person.pk and author.is_member and author.is_credited


def to_its_author(post: Post, row: ReplyAddress) -> Act:
    """Where one writes to the author of a post and to nobody else."""
    where = address(row, AUTHOR)
    return Act(
        _("Write to %(author)s alone") % {"author": post.author_name}, where, mailto(where, subject=f"Re: {post.thread.subject}")
    )


def who_reads(others: list[User]) -> str:
    """Say who gets an answer to a private message."""
    if len(others) == 1:
        return _("Your answer goes to %(name)s, and to nobody else.") % {"name": others[0]}
    names = ", ".join(str(one) for one in others)
    return ngettext("Your answer goes to %(names)s.", "Your answer goes to all %(count)d: %(names)s.", len(others)) % {
        "names": names,
        "count": len(others),
    }


def audience(thread: Thread) -> str:
    """Say who reads what is said in a space, and how many they are."""
    assert thread.space is not None  # noqa: S101  private threads have a foot of their own
    number = readers_of(thread.space).count()
    if thread.space.openness == Space.Openness.OPEN:
        return ngettext(
            "All ambassadors can read it: one person at the moment.",
            "All ambassadors can read it: %(count)d people at the moment.",
            number,
        ) % {"count": number}
    return ngettext(
        "The people of “%(space)s” can read it: one at the moment.",
        "The people of “%(space)s” can read it: %(count)d at the moment.",
        number,
    ) % {"count": number, "space": thread.space.name}


def _rows(person: User, thread: Thread, post: Post) -> tuple[ReplyAddress, ReplyAddress]:
    """What the addresses of a thread and of a post are derived from: one query."""
    of_thread, of_post = Target(REPLY, Thread, thread.pk), Target(AUTHOR, Post, post.pk)
    rows = ReplyAddress.objects.of_each(person, [of_thread, of_post])
    return rows[of_thread], rows[of_post]


def _why_not(thread: Thread, *, has_author: bool, author: str = "") -> str:
    if thread.status == Thread.Status.LOCKED:
        why = _("This conversation is closed.")
    elif thread.space is not None and thread.space.has_ended:
        why = _("“%(space)s” has ended.") % {"space": thread.space.name}
    else:
        why = _("You read along in this conversation.")
    if has_author:
        return f"{why} {_('An answer to this mail goes to %(author)s alone.') % {'author': author}}"
    return f"{why} {_('An answer to this mail goes to the support team.')}"


def _thanks(person: User, post: Post, row: ReplyAddress) -> tuple[Act, ...]:
    if not rules.may_thank(person, post):
        return ()
    where = address(row, THANK)
    label = _("Thank %(author)s") % {"author": post.author_name}
    return (Act(label, where, mailto(where, subject=_("Thank you: %(subject)s") % {"subject": post.thread.subject})),)


def _acts(thread: Thread, row: ReplyAddress, level: str) -> tuple[Act, ...]:
    """Reading all of it; following it where not every reply comes by mail; muting it."""
    acts = (READ, MUTE) if level == Level.EVERY else (READ, FOLLOW, MUTE)
    return tuple(act_on(row, act, thread.subject) for act in acts)


def act_on(row: ReplyAddress, act: str, name: str) -> Act:
    """Reading, following or muting a thread or space of this name, whose addresses are derived from `row`."""
    label, subject = {
        READ: (_("Read all of it"), _("Read: %(name)s")),
        FOLLOW: (_("Get every reply"), _("Follow: %(name)s")),
        MUTE: (_("Hear no more of it"), _("Mute: %(name)s")),
    }[act]
    where = address(row, act)
    return Act(label, where, mailto(where, subject=subject % {"name": name}))


def _more_url() -> str:
    return settings.SITE_URL + reverse("discussions:follow-list")


def sample(*, answer: str = "", alone: str = "Maya Okafor", acts: tuple[str, ...] = (THANK, READ, MUTE)) -> Footer:
    """An invented one."""
    labels = {THANK: f"Thank {alone}", READ: "Read all of it", FOLLOW: "Get every reply", MUTE: "Hear no more of it"}
    where = {act: f"{act}+example@community.example.org" for act in (AUTHOR, *labels)}
    return Footer(
        answer=answer or "Answer this mail to answer. All ambassadors can read it: 74 people at the moment.",
        address="reply+example@community.example.org",
        alone=Act(f"Write to {alone} alone", where[AUTHOR], mailto(where[AUTHOR])) if alone else None,
        acts=tuple(Act(labels[act], where[act], mailto(where[act])) for act in acts),
        more_url="https://community.example.org/settings/follows/",
    )
