"""Public pages that this process has at hand: for a second after it has asked, it serves them without asking the cache again.

What must be known before a page is served from here is when the cache was last asked for the version of the publication, and for whether
this visitor's address is shut out (community/trap.py). Both answers hold for a second: so a change is seen, and a trapped address stands
outside, at most a second later in the other processes, and at once in the one that made it.
"""

from __future__ import annotations

import time
from typing import Any

from django.dispatch import receiver

from community.kept_pages import KeptPage
from foundation.models.community import forget_seen
from foundation.publication import version_taken

HOLDS = 1.0  # seconds for which an answer of the cache is good
MOST_PAGES, MOST_VISITORS = 100, 10_000  # past them all is forgotten: nobody fills a process with addresses of their own


class AtHand:
    """The pages of one process, and what it knows of the cache's version and of its visitors."""

    def __init__(self) -> None:
        self.pages: dict[str, KeptPage] = {}
        self.version, self.version_until = "", 0.0
        self.welcome_until: dict[str, float] = {}

    def find(self, key: str, visitor: str) -> KeptPage | None:
        """Return the page where nobody has to be asked: the version and the visitor were asked for a moment ago."""
        now, page = time.monotonic(), self.pages.get(key)
        if page is None or now >= self.version_until or now >= self.welcome_until.get(visitor, 0.0):
            return None
        return page if page.version == self.version and page.is_fresh else None

    def learn(self, version: str, visitor: str, asked_at: float) -> None:
        """Note what the cache said to a question of `asked_at`: this is the version, and this visitor is not shut out."""
        if len(self.welcome_until) >= MOST_VISITORS:
            self.welcome_until.clear()
        self.version, self.version_until = version, asked_at + HOLDS
        self.welcome_until[visitor] = asked_at + HOLDS

    def keep(self, key: str, page: KeptPage) -> None:
        """Have the page at hand from now on."""
        if len(self.pages) >= MOST_PAGES and key not in self.pages:
            self.pages.clear()
        self.pages[key] = page

    def forget(self) -> None:
        """Ask the cache for everything again."""
        self.pages.clear()
        self.welcome_until.clear()
        self.version_until = 0.0
        forget_seen()


at_hand = AtHand()


@receiver(version_taken)
def _version_taken(**_signal: Any) -> None:
    at_hand.forget()
