"""An invented question, for the previews of its mails."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from discussions import footers
from discussions.by_mail.addresses import READ


def sample() -> dict[str, Any]:
    """All that any of the mails may say."""
    return {
        "subject": _("Ask me about running a coalition with no staff"),
        "asker": "Maya Okafor",
        "author": "Ruth Adler",
        "host": "Ruth Adler",
        "by": "Ruth Adler",
        "labels": [_("backbone organization"), _("funder of initiatives")],
        "question": _("How do you keep the minutes when nobody is paid to?"),
        "texts": [_("How do you keep the minutes when nobody is paid to?")],
        "number": 1,
        "text": _("We take turns, and read the last ones aloud before we begin."),
        "body": _("We take turns, and read the last ones aloud before we begin."),
        "word": _("You did this for years."),
        "through": _("through 3 March"),
        "until": _("Tuesday 10 March, 23:59"),
        "is_late": False,
        "is_host": False,
        "waiting": 2,
        "url": settings.SITE_URL + "/discussions/questions/7/",
        "footer": footers.sample(alone="Maya Okafor", acts=(READ,)),
    }
