"""The reading list: books and pages that answers named, lifted out of them with credit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from discussions.models import Post, ReadingItem, Thread
from discussions.rules import leads
from foundation.models import Via
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.models import User


def may_lift(user: User, post: Post) -> bool:
    """Whether `user` may put what the post names on the list: any member who reads it. Private conversations stay private."""
    return bool(user.is_member) and post.thread.kind != Thread.Kind.PRIVATE and post.status == Post.Status.SHOWN


def may_remove(user: User, item: ReadingItem) -> bool:
    """Whoever named it, whoever put it there, and whoever leads the space."""
    return user.pk in {item.post.author_id, item.added_by_id} or leads(user, item.post.thread.space)


@transaction.atomic
def lift(post: Post, *, by: User, title: str, writer: str = "", url: str = "", note: str = "", via: Via = Via.WEB) -> ReadingItem:
    """Put something that a post names on the reading list of those who may read the post."""
    if not Post.objects.visible_to(by).filter(pk=post.pk).exists() or not may_lift(by, post):
        raise PermissionDenied(_("The reading list takes what was named in a conversation of a space that you read."))
    title = " ".join(title.split())
    item, is_new = ReadingItem.objects.get_or_create(
        post=post, title=title, defaults={"writer": writer.strip(), "url": url, "note": note.strip(), "added_by": by}
    )
    if not is_new:
        raise ValidationError({"title": _("This is on the list already, from the same post.")})
    record("put something on the reading list", item, by=by, via=via, about=post.author)
    return item


@transaction.atomic
def show_to_everybody(item: ReadingItem, *, named: bool, by: User, via: Via = Via.WEB) -> None:
    """Let visitors see it too, with one's name or without. Only the one who recommended it can say so."""
    if item.post.author_id != by.pk:
        raise PermissionDenied(_("Whether everybody may read a recommendation is for the one who made it to say."))
    ReadingItem.objects.filter(pk=item.pk).update(published_at=timezone.now(), is_named=named)
    record("showed a recommendation to everybody", item, by=by, via=via, note="named" if named else "without a name")
    item.refresh_from_db()


@transaction.atomic
def keep_among_members(item: ReadingItem, *, by: User, via: Via = Via.WEB) -> None:
    """Take a recommendation back from the public."""
    if item.post.author_id != by.pk and not may_remove(by, item):
        raise PermissionDenied(_("Whether everybody may read a recommendation is for the one who made it to say."))
    ReadingItem.objects.filter(pk=item.pk).update(published_at=None, is_named=False)
    record("took a recommendation back from the public", item, by=by, via=via)
    item.refresh_from_db()


@transaction.atomic
def take_off(item: ReadingItem, *, by: User, via: Via = Via.WEB) -> None:
    """Take it off the list."""
    if not may_remove(by, item):
        raise PermissionDenied(_("It is taken off by whoever named it or put it there."))
    record("took something off the reading list", item, by=by, via=via)
    item.delete()
