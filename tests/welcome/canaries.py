"""Canaries of what makes people welcome."""

from __future__ import annotations

from tests.leaks import Garden
from tests.welcome import first_look_canaries, onboarding_canaries, pair_canaries


def plant(garden: Garden) -> None:
    first_look_canaries.plant(garden)
    onboarding_canaries.plant(garden)
    pair_canaries.plant(garden)
