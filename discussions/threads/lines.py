"""What the page of a thread shows of each post: plain values, so that a post is drawn once and then remembered."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ambassadors.privacy import PHOTO_NAME
from discussions.addresses import Site, address
from discussions.labels import MOST
from discussions.models import Thread
from discussions.models.post import through
from discussions.threads.rows import Author, PostRow, is_shown
from foundation.models import Via
from foundation.moments import Clock, When


class PostLine(NamedTuple):
    """One post as everybody who may read it sees it.

    `labels` are those of its day; `now` are today's, where they `differ`. What is not readable has no words: its `status` says why.
    """

    pk: int
    number: int
    anchor: str
    url: str
    status: str
    name: str
    profile_url: str
    photo_url: str
    labels: tuple[str, ...]
    now: tuple[str, ...]
    differ: bool
    posted: When
    edited: When | None
    revision: int
    via: str
    body: str
    quoted: str
    is_readable: bool
    helped: bool = False


def line_of(row: PostRow, clock: Clock, site: Site, *, helped: bool = False) -> PostLine:
    """Make of a row what its place shows."""
    post, author = row.post, row.author
    name, labels = post.written_by or name_of(author), tuple(post.labels) if author.is_credited else ()
    now = tuple(author.labels_now[:MOST]) if is_shown(author.labels_audience) else ()
    return PostLine(
        pk=post.id,
        number=post.number,
        anchor=post.anchor,
        url=address("post-detail", post.id, site),
        status=post.status,
        name=name,
        profile_url=profile_url(author),
        photo_url=photo_url(author),
        labels=labels,
        now=now if set(now) != set(labels) else (),
        differ=bool(labels) and set(now) != set(labels),
        posted=clock.when(post.posted_at),
        edited=clock.when(post.edited_at) if post.edited_at else None,
        revision=post.revision,
        via=_said_via(post.via, post.assistant_name, is_from_outside=bool(post.written_by)),
        body=post.body,
        quoted=post.quoted,
        is_readable=row.is_readable,
        helped=helped,
    )


def _said_via(via: str, assistant_name: str, *, is_from_outside: bool) -> str:
    if via == Via.ASSISTANT:
        return through(assistant_name)
    if via == Via.MAIL and is_from_outside:
        return _("by mail, from outside")
    if via == Via.WEB:
        return ""
    return _("from the archive") if via == Via.IMPORT else str(Via(via).label)


def name_of(author: Author) -> str:
    """The author's name, or the pseudonym of who left."""
    return shown_name(author.name, author.is_credited)


def shown_name(name: str | None, is_credited: bool | None) -> str:
    """Whoever left without credit, or was erased, goes by a pseudonym."""
    return name if name and is_credited else _former_member(get_language())


@lru_cache(maxsize=64)
def _former_member(_language: str | None) -> str:
    return _("a former member")


def profile_url(author: Author) -> str:
    """The address of the author's profile, where members find it."""
    is_found = author.is_credited and author.status in {"active", "paused"} and is_shown(author.listed_for)
    return _profile(author.slug) if is_found and author.slug else ""


def photo_url(author: Author) -> str:
    """The author's face, where they show it to members."""
    return face_url(author.small_photo_id or author.photo_id, author.photo_audience) if author.is_credited else ""


def face_url(photo: UUID | None, audience: str | None) -> str:
    """The address of a face, where it is for members."""
    return _photo(str(photo)) if photo and is_shown(audience) else ""


@lru_cache(maxsize=4096)
def thread_url(pk: int, subject: str) -> str:
    """The address of a thread."""
    return Thread(pk=pk, subject=subject).get_absolute_url()


@lru_cache(maxsize=4096)
def _profile(slug: str) -> str:
    return reverse("ambassadors:ambassador-detail", args=[slug])


@lru_cache(maxsize=4096)
def _photo(key: str) -> str:
    return reverse("foundation:upload-show", args=[key, PHOTO_NAME])
