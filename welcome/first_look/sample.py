"""What the mails about first looks show, and an invented pair for their previews."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from discussions.footers import Footer


@dataclass
class Asking:
    """One question as a mail shows it: its words, and the numbers of its answers with what stands there."""

    text: str
    answers: list[tuple[int, str]] = field(default_factory=list)


def sample() -> dict[str, Any]:
    """An invented pair."""
    return {
        "title": _("A first look around"),
        "words": _("Look around for half an hour, together, and tell us what you find."),
        "with_whom": "Maya Okafor",
        "due": _("Friday 4 June"),
        "space": _("How this place works"),
        "asked": [
            Asking(_("Three ways in which this place could help"), [(1, _("Somebody answers within a day.")), (2, ""), (3, "")]),
            Asking(_("Two things that you would improve"), [(4, ""), (5, "")]),
            Asking(_("One thing that surprised you"), [(6, "")]),
        ],
        "is_sent": False,
        "sent_by": "Maya Okafor",
        "missing": "2, 3, 4, 5, 6",
        "url": f"{settings.SITE_URL}/welcome/first-looks/pairs/7/",
        "by": "Sam Rivers",
        "footer": Footer(_("Your answer is kept for the two of you."), "look+example@community.example.org"),
    }
