"""What a member reads by mail: a page of a thread, the conversations of a space, or all that is new. All of it as their pages show it now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from correspondence.addresses import Letter
from correspondence.digests.sections import Target
from correspondence.models import ReplyAddress
from discussions import footers, rules
from discussions.by_mail.addresses import FOLLOW, MUTE, READ, REPLY, SPACE, THANK, address
from discussions.footers import Act
from discussions.inbound import AUTHOR
from discussions.models import Post, Space, Thread
from discussions.models.post import through
from discussions.paging import POSTS_A_PAGE
from discussions.posts.files import files_of
from discussions.words import to_plain
from foundation.models import Via

if TYPE_CHECKING:
    from datetime import datetime

    from ambassadors.models import User

ROOM = 40_000  # bytes of all posts of a mail together: large mail services cut off what is longer than 102 kB
THREADS_A_MAIL = 20


@dataclass(frozen=True)
class ReadPost:
    """One post in a mail. `thank` and `alone` are missing where there is nobody to thank or to write to; where its words stay out of
    mail, there is only their `number_of_words`."""

    number: int
    author: str
    labels: str
    at: datetime
    text: str = ""
    body: SafeString | str = ""
    number_of_words: int = 0
    files: tuple[str, ...] = ()
    through: str = ""
    thank: Letter | None = None
    alone: Letter | None = None


@dataclass(frozen=True)
class Line:
    """One conversation or space in a list, with where one reads it; `start` is where one begins a conversation in a space."""

    title: str
    note: str
    read: Letter
    start: Letter | None = None


def letter(row: ReplyAddress, act: str, *, subject: str = "", words: str = "") -> Letter:
    """An address of the person's own, with what the mail to it begins with."""
    return Letter(address(row, act), subject, words)


def posts_of(person: User, thread: Thread, before: int | None = None) -> list[ReadPost]:
    """The newest twenty posts before a number, as far as there is room; at least one."""
    found = (
        Post.objects.visible_to(person)
        .filter(thread=thread, status=Post.Status.SHOWN)
        .with_author()
        .annotate(files=files_of(person))
    )
    newest = (found.filter(number__lt=before) if before else found).order_by("-number")[:POSTS_A_PAGE]
    kept = _with_room(newest)
    rows = ReplyAddress.objects.of_each(person, [Target(AUTHOR, Post, post.pk) for post in kept if rules.may_thank(person, post)])
    is_whole = rules.may_be_mailed_whole(person, thread)
    return [_read_post(person, post, rows.get(Target(AUTHOR, Post, post.pk)), thread, is_whole) for post in kept]


def _with_room(newest: Iterable[Post]) -> list[Post]:
    room = ROOM
    kept: list[Post] = []
    for post in newest:
        room -= len(post.body.encode())
        if kept and room < 0:
            break
        kept.insert(0, post)
    return kept


def _read_post(person: User, post: Any, row: ReplyAddress | None, thread: Thread, is_whole: bool) -> ReadPost:
    subject = _("Post %(number)s of “%(subject)s”") % {"number": post.number, "subject": thread.subject}
    text = to_plain(post.body)
    said = {"text": text, "body": post.shown, "files": tuple(file["name"] for file in post.files)}
    return ReadPost(
        number=post.number,
        author=post.author_name,
        through=through(post.assistant_name) if post.via == Via.ASSISTANT else "",
        labels=", ".join(post.labels),
        at=post.posted_at,
        number_of_words=len(text.split()),
        **(said if is_whole else {}),
        thank=letter(row, THANK, subject=_("Thank you: %(what)s") % {"what": subject}) if row else None,
        alone=letter(row, AUTHOR, subject=f"Re: {thread.subject}") if row and footers.may_write_to_author(person, post) else None,
    )


def acts_on(row: ReplyAddress, name: str) -> tuple[Act, ...]:
    """What the person does by mail with a thread or space of this name, beside writing in it."""
    read, *others = (footers.act_on(row, one, name) for one in (READ, FOLLOW, MUTE))
    return (replace(read, label=_("Mail it again")), *others)


def act(label: str, to: Letter) -> Act:
    """A letter as it stands in a foot."""
    return Act(label, to.address, to.url)


def to_read(row: ReplyAddress, name: str) -> Letter:
    """Where one reads a thread or a space."""
    return letter(row, READ, subject=_("Read: %(name)s") % {"name": name})


def earlier(row: ReplyAddress, subject: str, before: int) -> Letter:
    """Where one reads what came before."""
    return letter(row, READ, subject=_("Read: %(name)s") % {"name": subject}, words=f"before {before}")


def threads_of(person: User, space: Space, before: int | None = None) -> list[tuple[Line, int]]:
    """The conversations of a space, the one where somebody spoke last first; of those that come after one of them, where it is named."""
    found = Thread.objects.visible_to(person).filter(space=space).listed().with_read_number_of(person).newest_first()
    last = Thread.objects.visible_to(person).filter(pk=before, space=space).first() if before else None
    page = found.before(last.last_post_at, last.pk) if last else found
    return lines_of(person, list(page[:THREADS_A_MAIL]))


def lines_of(person: User, threads: Sequence[Thread]) -> list[tuple[Line, int]]:
    """A line and the key of each thread; they are read with `with_read_number_of`."""
    rows = ReplyAddress.objects.of_each(person, [Target(REPLY, Thread, thread.pk) for thread in threads])
    return [
        (Line(thread.subject, note_on(thread), to_read(rows[Target(REPLY, Thread, thread.pk)], thread.subject)), thread.pk)
        for thread in threads
    ]


def note_on(thread: Thread) -> str:
    """How much there is in it, and how much of that is new."""
    new = max(thread.last_number - thread.read_number, 0)
    said = ngettext("%(number)s post", "%(number)s posts", thread.last_number) % {"number": thread.last_number}
    return _("%(posts)s, %(new)s new") % {"posts": said, "new": new} if new else said


def unread_of(person: User) -> list[tuple[Line, int]]:
    """Conversations with something new, those where somebody spoke last first; the newest of all where reading is not remembered."""
    seen = Thread.objects.visible_to(person).listed().with_read_number_of(person)
    unread = list(seen.unread_by(person).newest_first()[:THREADS_A_MAIL])
    return lines_of(person, unread or list(seen.newest_first()[:THREADS_A_MAIL]))


def spaces_of(person: User) -> list[Line]:
    """The spaces that they read, those that they are in first, each with where they begin a conversation if they may."""
    mine = set(Space.objects.joined_by(person).values_list("pk", flat=True))
    may_start = set(Space.objects.begun_in_by(person).values_list("pk", flat=True))
    spaces = sorted(Space.objects.read_by(person).active(), key=lambda space: (space.pk not in mine, space.name.casefold()))
    rows = ReplyAddress.objects.of_each(person, [Target(SPACE, Space, space.pk) for space in spaces])
    return [_space_line(space, rows[Target(SPACE, Space, space.pk)], space.pk in mine, space.pk in may_start) for space in spaces]


def _space_line(space: Space, row: ReplyAddress, is_mine: bool, may_start: bool) -> Line:
    return Line(
        space.name,
        _("you are in it") if is_mine else "",
        to_read(row, space.name),
        letter(row, SPACE) if may_start else None,
    )


def url_of(thing: Thread | Space) -> str:
    """Its page on the site."""
    return settings.SITE_URL + thing.get_absolute_url()
