"""All that one follows, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from discussions.following.levels import NAMES
from discussions.models import Follow, Space, Thread

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from ambassadors.models import User

A_PAGE = 50


@dataclass(frozen=True)
class FollowLine:
    """One thing that somebody said something about. What they can no longer read has no name and no address, and can be let go."""

    pk: int
    title: str
    url: str
    where: str
    shown: StrPromise | str


def page_of_follows(reader: User, *, after: str) -> tuple[list[FollowLine], str]:
    """Return one page, what was chosen last first, and the key after which the next begins (empty on the last)."""
    rows: Any = Follow.objects.visible_to(reader).select_related("thread__space", "space").order_by("-pk")
    if after.isascii() and after.isdigit() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: A_PAGE + 1])
    shown = found[:A_PAGE]
    return _lines(reader, shown), str(shown[-1].pk) if len(found) > A_PAGE else ""


def _lines(reader: User, follows: list[Any]) -> list[FollowLine]:
    threads = Thread.objects.visible_to(reader).filter(pk__in=[one.thread_id for one in follows if one.thread_id])
    spaces = Space.objects.read_by(reader).filter(pk__in=[one.space_id for one in follows if one.space_id])
    seen = {("thread", pk) for pk in threads.values_list("pk", flat=True)} | {
        ("space", pk) for pk in spaces.values_list("pk", flat=True)
    }
    return [_line(one, seen) for one in follows]


def _line(one: Any, seen: set[tuple[str, int]]) -> FollowLine:
    shown = NAMES[one.level]
    if one.thread_id:
        if ("thread", one.thread_id) not in seen:
            return FollowLine(one.pk, _("A conversation that you can no longer read"), "", "", shown)
        where = str(one.thread.space) if one.thread.space else _("private")
        return FollowLine(one.pk, one.thread.subject, one.thread.get_absolute_url(), where, shown)
    if ("space", one.space_id) not in seen:
        return FollowLine(one.pk, _("A space that you can no longer read"), "", "", shown)
    return FollowLine(one.pk, one.space.name, one.space.get_absolute_url(), _("the whole space"), shown)
