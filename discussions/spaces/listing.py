"""The spaces as one finds them: topics, one's own, the others page by page, those that have ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery

from discussions.models import Space, SpaceRole, Thread

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User

SPACES_A_PAGE = 24
MOST_OWN = 60


@dataclass(frozen=True)
class Others:
    """Some spaces, and the address of the page after them (empty on the last)."""

    spaces: list[Space]
    next_url: str
    is_first: bool


def topics_for(reader: User) -> list[Space]:
    """The topics."""
    return list(with_talk(Space.objects.visible_to(reader).active().topics(), reader)[:MOST_OWN])


def own_of(reader: User) -> list[Space]:
    """The micro-communities that the reader is in or invited to, while they are active; each says what the reader is there."""
    found = Space.objects.visible_to(reader).concerning(reader).active().micro()
    held = SpaceRole.objects.filter(space=OuterRef("pk"), person=reader).values("role")
    return list(with_talk(found, reader).annotate(own_roles=ArraySubquery(held))[:MOST_OWN])


def others_for(reader: User, *, ended: bool, after: str) -> Others:
    """The other micro-communities by name; or, of all spaces, those that have ended."""
    place = _place(after)
    known = Space.objects.visible_to(reader)
    found = known.ended() if ended else known.active().micro().not_concerning(reader)
    found = found.after(*place) if place else found
    rows = list(with_talk(found, reader)[: SPACES_A_PAGE + 1])
    shown = rows[:SPACES_A_PAGE]
    more = len(rows) > SPACES_A_PAGE
    query = {"show": "ended"} if ended else {}
    following = urlencode(query | {"after": f"{shown[-1].pk}~{shown[-1].name}"}) if more else ""
    return Others(shown, f"?{following}" if following else "", is_first=place is None)


def with_talk(spaces: QuerySet[Space], reader: User) -> QuerySet[Space]:
    """Each with `last_talk`, when something was last said in it, where the reader may read that."""
    latest = Thread.objects.visible_to(reader).listed().filter(space=OuterRef("pk")).order_by("-last_post_at", "-pk")
    return spaces.annotate(last_talk=Subquery(latest.values("last_post_at")[:1])).order_by("name", "pk")


def _place(after: str) -> tuple[str, int] | None:
    pk, _tilde, name = after.partition("~")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 18) or "\0" in name:
        return None
    return name, int(pk)
