"""Canaries in what facilitators write to quiet members."""

from __future__ import annotations

from discussions.facilitating.nudging import nudge
from tests import make
from tests.discussions import making
from tests.leaks import Garden


def plant(garden: Garden) -> None:
    """The ambassador was asked for their view by somebody else, in a space that others read: the word is theirs alone."""
    leader = make.ambassador("Leo Leader")
    space = making.micro(leader, name="Open ground", openness="open")
    making.join(space, garden.cast.ambassador)
    thread = making.thread(space, leader)
    nudge(thread, by=leader, people=[garden.cast.ambassador], words=garden.mailed_canary("discussions.Nudge.words", "ambassador"))
    garden.pages.append(f"/discussions/{thread.pk}/spoken/")
