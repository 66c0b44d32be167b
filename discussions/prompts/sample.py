"""What the mails about prompts show, and an invented round for their previews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from discussions import footers

if TYPE_CHECKING:
    from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Said:
    """One answer as a mail shows it: who, with the role labels of that day, and the words."""

    name: str
    labels: str
    text: str
    body: SafeString | str


def sample() -> dict[str, Any]:
    """An invented round, with all that any of the mails may say."""
    text = _("One to three things that you are working on this week. A line each is plenty.")
    answer = _("Two interviews, and the board paper that I keep putting off.")
    said = Said("Maya Ito", _("Practitioner"), answer, answer)
    return {
        "title": _("What is on your bench?"),
        "space": _("Working out loud"),
        "text": text,
        "body": text,
        "opens": _("Thursday 3 December, 09:00"),
        "early": _("Thursday 3 December, 06:00"),
        "zone": "Europe/Lisbon",
        "asked_by": "Tomas Berg",
        "author": "Tomas Berg",
        "note": _("Your story of the night school would get others going."),
        "rests": False,
        "missing": 1,
        "minimum": 2,
        "last_text": _("A survey in four questions."),
        "last_body": _("A survey in four questions."),
        "last_day": _("19 November"),
        "answers": [said],
        "thread": {"subject": _("What is on your bench?")},
        "url": settings.SITE_URL + reverse("discussions:prompt-detail", args=[7]),
        "footer": footers.sample(alone="Tomas Berg"),
    }
