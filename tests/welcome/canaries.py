"""Canaries of what makes people welcome."""

from __future__ import annotations

from tests.leaks import Garden
from tests.welcome import onboarding_canaries, pair_canaries


def plant(garden: Garden) -> None:
    onboarding_canaries.plant(garden)
    pair_canaries.plant(garden)
