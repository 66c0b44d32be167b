"""The addresses behind which somebody takes part by mail alone. Each is one person's own: whoever writes to it speaks in their name.

Several acts hang on one row: on a thread `reply`, `read`, `follow`, `mute`; on a post `author` and `thank`; on a space `space` (to begin
a conversation there), `read`, `follow`, `mute`; on the person themselves `private` (to begin a private conversation) and `read`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.addresses import at_our_domain
from correspondence.models import ReplyAddress
from discussions.inbound import AUTHOR

if TYPE_CHECKING:
    from ambassadors.models import User
    from discussions.models import Post, Space, Thread

REPLY, SPACE, PRIVATE = "reply", "space", "private"
READ, FOLLOW, MUTE, THANK = "read", "follow", "mute", "thank"
# By act: the rows that its addresses are derived from.
ROWS_OF = {
    READ: (REPLY, SPACE, PRIVATE),
    FOLLOW: (REPLY, SPACE),
    MUTE: (REPLY, SPACE),
    THANK: (AUTHOR,),
}


def of_thread(person: User, thread: Thread) -> ReplyAddress:
    """The row of all that the person does with a thread."""
    return ReplyAddress.objects.of(REPLY, person, thread)


def of_post(person: User, post: Post) -> ReplyAddress:
    """The row of all that they do with a post."""
    return ReplyAddress.objects.of(AUTHOR, person, post)


def of_space(person: User, space: Space) -> ReplyAddress:
    """The row of all that they do with a space."""
    return ReplyAddress.objects.of(SPACE, person, space)


def of_oneself(person: User) -> ReplyAddress:
    """The row of what is theirs and in no space."""
    return ReplyAddress.objects.of(PRIVATE, person, person)


def address(row: ReplyAddress, act: str) -> str:
    """Where the person writes to do `act` with what the row stands for."""
    return at_our_domain(row.as_address(act))
