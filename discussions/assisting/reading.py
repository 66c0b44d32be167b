"""What an assistant reads: written once, for lists, pages, answers and the mail that comes of them.

It is what their ambassador may read, and of that only what every ambassador may read anyway: the conversations of the open spaces. Nobody
who speaks in a smaller circle, or in private, is ever read by somebody who is not in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ambassadors.assistants.scopes import Scope, allows
from discussions import rules
from discussions.models import Post, Thread

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import AssistantSeat
    from discussions.querysets import ThreadQuerySet

# Where an assistant may say something: what is asked of one person by name, they answer themselves.
ANSWERED = frozenset({Thread.Kind.DISCUSSION, Thread.Kind.QUESTION, Thread.Kind.PROMPT})


def threads_for(seat: AssistantSeat) -> ThreadQuerySet:
    """The conversations that the assistant reads in this seat."""
    seen: ThreadQuerySet = Thread.objects.visible_to(seat.ambassador).listed().filter(space__openness="open")
    found: ThreadQuerySet = seen.select_related("space")
    return found


def posts_for(seat: AssistantSeat, thread: Thread) -> QuerySet[Post]:
    """What is shown in one of them to everybody: not what is kept for the author or the leaders of a space."""
    seen = Post.objects.visible_to(seat.ambassador).filter(thread=thread, status=Post.Status.SHOWN)
    posts: QuerySet[Post] = seen.with_author().in_order()
    return posts


def may_answer(seat: AssistantSeat, thread: Thread, scope: Scope) -> bool:
    """Whether the seat lets its assistant prepare or say something in a conversation which its ambassador could answer."""
    return thread.kind in ANSWERED and allows(seat, scope) and rules.finds_form(seat.ambassador, thread)
