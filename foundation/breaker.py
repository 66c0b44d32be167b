"""For services that may be gone: having waited in vain once, do not wait again with each call."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass
class Breaker:
    """Remembers, for this process, that a service does not answer. It is asked again once in `pause` seconds, by one caller."""

    pause: float = 5.0
    _ask_again_at: float = 0.0

    def worth_asking(self) -> bool:
        """Whether to ask now. Whoever gets a yes says afterwards how it went: `answered` or `failed`."""
        now = time.monotonic()
        if now < self._ask_again_at:
            return False
        if self._ask_again_at:
            self._ask_again_at = now + self.pause  # the others go on without it while this caller finds out
        return True

    def failed(self) -> None:
        """Nobody came to the door."""
        self._ask_again_at = time.monotonic() + self.pause

    def answered(self) -> None:
        """The service is back, or was never gone."""
        self._ask_again_at = 0.0
