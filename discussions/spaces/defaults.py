"""The topics that a new community starts with, until it says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from discussions.models import Space
from discussions.spaces.workflow import start_space
from foundation.models import Via

if TYPE_CHECKING:
    from ambassadors.models import User

TOPICS = [
    (
        "Leading and governing",
        "For those who lead and those who sit on boards: hard decisions, honest talks, and who carries what.",
    ),
    ("Learning from our work", "What we count and ask, what it told us, and what we did differently afterwards."),
    ("Working out loud", "One to three things each: what we did lately, what we learnt, and where we are stuck."),
    ("The common room", "Hello, thank you, a book, an odd question: whatever belongs nowhere else."),
]


@transaction.atomic
def fill_topics(by: User) -> int:
    """Begin the topics where there are none yet, and return how many were begun."""
    if Space.objects.topics().exists():
        return 0
    for name, purpose in TOPICS:
        start_space(by=by, name=name, purpose=purpose, kind=Space.Kind.TOPIC, via=Via.COMMAND)
    return len(TOPICS)
