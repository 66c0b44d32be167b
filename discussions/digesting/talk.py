"""From posts to the sections of a digest: one item a conversation, with the two addresses that every mail of a conversation has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from correspondence.digests.sections import Item, Passage, Reading, Section, Target, sections
from correspondence.models import DigestChoice
from discussions import rules
from discussions.digesting.posts import ELSEWHERE, FOLLOWED, TO_YOU, PostRow, posts_of
from discussions.inbound import AUTHOR
from discussions.models import Post, Space, Thread
from discussions.words import to_plain

if TYPE_CHECKING:
    from ambassadors.models import User

EXCERPT = 320  # characters
FOR_EXCERPTS = 20_000  # bytes of a digest that no whole text takes: what comes last is begun, too


def items_of(part: int) -> Callable[[Reading], Iterable[Item]]:
    """The conversations of one section."""

    def items(reading: Reading) -> Iterable[Item]:
        rows = [row for row in reading.once(posts_of) if row.part == part]
        return [_item(reading, list(of_thread)) for _thread, of_thread in groupby(rows, key=lambda row: row.thread)]

    return items


def _item(reading: Reading, rows: list[PostRow]) -> Item:
    first = rows[0]
    others = first.in_thread - len(rows)
    author = first.author_name or _("a former member")
    return Item(
        title=first.subject,
        url=reverse("discussions:post-detail", args=[first.pk]),
        where=first.space_name or _("private"),
        note=ngettext("%(number)d more since then", "%(number)d more since then", others) % {"number": others} if others else "",
        passages=tuple(Passage(row.byline or _("a former member"), _words(reading, row)) for row in rows),
        answer=Target("reply", Thread, first.thread) if _may_answer(reading.person, first) else None,
        alone=Target(AUTHOR, Post, first.pk) if first.author and first.author_name and first.space else None,
        author=author,
        talk=Target("reply", Thread, first.thread),
    )


def _words(reading: Reading, row: PostRow) -> str:
    if reading.amount == DigestChoice.Amount.HEADLINES or not rules.may_be_mailed_whole(
        reading.person, _thread_of(reading.person, row)
    ):
        return ""
    text = to_plain(row.body)
    room = reading.once(_room)
    if reading.amount == DigestChoice.Amount.FULL and room.takes(text, leave=FOR_EXCERPTS):
        return text
    excerpt = Truncator(" ".join(text.split())).chars(EXCERPT)
    return excerpt if room.takes(excerpt) else ""


@dataclass
class Room:
    """What is left of a digest for people's words, in bytes: large mail services cut off what is longer than 102 kB in all."""

    left: int = 60_000

    def takes(self, text: str, *, leave: int = 0) -> bool:
        """Whether there is room for it beside what is to be left; then there is so much less."""
        size = len(text.encode())
        if size > self.left - leave:
            return False
        self.left -= size
        return True


def _room(_reading: Reading) -> Room:
    return Room()


def _may_answer(person: User, row: PostRow) -> bool:
    """The rule itself, asked of what was read with the post."""
    return rules.may_answer(person, _thread_of(person, row))


def _thread_of(person: User, row: PostRow) -> Thread:
    thread = Thread(pk=row.thread, kind=row.kind, status=row.status, space_id=row.space)
    if row.space is None:
        thread.known_seats = frozenset({person.pk})
    else:
        kept_out = bool(row.space_headlines_only)
        thread.space = Space(
            pk=row.space,
            kind=row.space_kind or "",
            status=row.space_status or "",
            headlines_only=kept_out,
            name=row.space_name or "",
        )
        thread.space.known_roles = {person.pk: frozenset(row.roles)}
    return thread


sections.add("to you", Section(gettext_lazy("Said to you"), 10, items_of(TO_YOU)))
sections.add("followed", Section(gettext_lazy("In your spaces, and what you follow"), 20, items_of(FOLLOWED), url="/discussions/"))
sections.add("elsewhere", Section(gettext_lazy("Begun elsewhere"), 60, items_of(ELSEWHERE), most=5, url="/discussions/"))
