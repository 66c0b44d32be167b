"""What usually helps whoever welcomes a newcomer: the community's own words from the admin, else these."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from welcome.models import WelcomeRules

DEFAULT = _(
    "Write within a few days of the welcome that went out in your name. Two sentences are plenty: one about them, one question.\n\n"
    "Begin with something of theirs, a topic or a place, rather than with a tour of what there is here.\n\n"
    "One small thing at a time. Nobody needs to know all spaces, all mails and all people in the first week.\n\n"
    "Offer to talk for twenty minutes, and name two times. Whoever would rather write, writes.\n\n"
    "Introduce them to one person who works on the same question, and say why just that person. Ask both of them first.\n\n"
    "If they like a hand with the site, do one thing together: answer a prompt, or fill in “Ask me about”.\n\n"
    "No answer is fine as well. People arrive at their own pace; a second short line after two weeks is enough.\n\n"
    "When it does not suit you any more, say so: somebody else goes on gladly, and nobody asks why."
)


def points() -> list[str]:
    """The sheet, point by point."""
    words = WelcomeRules.current().crib.strip() or str(DEFAULT)
    return [point.strip() for point in re.split(r"\n\s*\n", words.replace("\r\n", "\n")) if point.strip()]
