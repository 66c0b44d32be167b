"""Why somebody thinks that two people should meet: for the two of them; its host knows what they wrote."""

from __future__ import annotations

from tests.leaks import Garden
from welcome.introductions import workflow


def plant(garden: Garden) -> None:
    cast = garden.cast
    reason = garden.canary("welcome.Introduction.reason", "ambassador", "outsider")
    made = workflow.propose(cast.ambassador, cast.outsider, reason, by=cast.staff)
    garden.pages.append(made.get_absolute_url())
