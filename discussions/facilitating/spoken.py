"""Who has spoken in a thread, and who has not: for whoever leads its space. Names in the order of the alphabet, never a number."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ambassadors.models import Ambassador, User
from discussions.models import Nudge, Post, SpaceRole
from discussions.rules import ANSWERS

if TYPE_CHECKING:
    from discussions.models import Thread

MOST = 200
LATELY = timedelta(days=90)


def speakers(reader: User, thread: Thread) -> QuerySet[Any]:
    """Whose words stand in it."""
    return _people().filter(_has_spoken(reader, thread))[:MOST]


def quiet(reader: User, thread: Thread) -> QuerySet[Any]:
    """Those who could speak and have not. In a micro-community they are its people, in a topic those who spoke in it lately.

    Nobody who is away or pausing: nothing is asked of them.
    """
    there = (
        Ambassador.objects.filter(user__is_active=True).available_on(timezone.now()).values("user")
    )  # unscoped: a leader knows them
    people = _people().filter(_belongs(reader, thread), ~_has_spoken(reader, thread), pk__in=there)
    return people.exclude(pk=reader.pk)


def asked(reader: User, thread: Thread) -> dict[int, Nudge]:
    """By person: who was asked for their view already."""
    nudges = Nudge.objects.visible_to(reader).filter(thread=thread).select_related("by")
    return {nudge.person_id: nudge for nudge in nudges}


def _people() -> QuerySet[Any]:
    people: QuerySet[Any] = User.objects.filter(is_active=True, is_credited=True)  # unscoped: narrowed by each caller
    return people.select_related("ambassador").order_by("sort_name", "pk")


def _has_spoken(reader: User, thread: Thread) -> Exists:
    return Exists(Post.objects.visible_to(reader).filter(thread=thread, author=OuterRef("pk"), status=Post.Status.SHOWN))


def _belongs(reader: User, thread: Thread) -> Q:
    assert thread.space is not None  # noqa: S101  nobody leads a private thread
    if thread.space.is_topic:
        said = Post.objects.visible_to(reader).filter(author=OuterRef("pk"), thread__space=thread.space, status=Post.Status.SHOWN)
        return Q(Exists(said.filter(posted_at__gte=timezone.now() - LATELY)))
    return Q(Exists(SpaceRole.objects.filter(space=thread.space, person=OuterRef("pk"), role__in=ANSWERS)))
