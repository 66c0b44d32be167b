"""Why somebody thinks that two people should meet: for the three of them, and for nobody else of the team."""

from __future__ import annotations

from tests.leaks import Garden
from welcome.introductions import workflow


def plant(garden: Garden) -> None:
    cast = garden.cast
    reason = garden.canary("welcome.Introduction.reason", "ambassador", "outsider", "staff")
    made = workflow.propose(cast.ambassador, cast.outsider, reason, by=cast.staff)
    garden.pages.append(made.get_absolute_url())
