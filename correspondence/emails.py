"""The mail that the outbox itself sends."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from correspondence import due, waiting
from correspondence.kinds import Kind, kinds


def sample_of_waiting() -> dict[str, object]:
    """A digest of two lines."""
    return {
        "lines": [
            {"subject": "Maya asked about the energy audit", "url": "https://community.example.org/discussions/7/"},
            {"subject": "A reply in “Measuring what matters”", "url": ""},
        ]
    }


kinds.add(
    "waiting",
    Kind(
        name="waiting",
        label=_("What waited for you"),
        description=_("Once a day, when more came for you than the day's limit lets through: one mail with a line about each."),
        context=waiting.context_of,
        still_wanted=waiting.drop_unwanted,
        sample=sample_of_waiting,
    ),
)
due.steps.add("what waited", waiting.post_digests)
