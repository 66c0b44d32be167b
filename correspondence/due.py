"""What comes due by the clock and becomes mail. Each app registers a step in its `emails.py`; beat and `send_due` run them all.

A step finds its due rows and, in one atomic block each, moves the date and posts the mail. Two clocks do no harm: the date that
was read is the token, and only one of them can move it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from foundation.registry import Registry

logger = logging.getLogger(__name__)

Step = Callable[[], int]

steps: Registry[Step] = Registry("due step")


def post_all() -> dict[str, int]:
    """Run every step and return how many mails each posted. A step that fails does not stop the others."""
    posted = {}
    for name, step in steps.items():
        try:
            posted[name] = step()
        except Exception:
            logger.exception("The step %r failed; it is tried again at the next turn of the clock.", name)
    return posted
