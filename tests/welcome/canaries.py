"""Canaries of what makes people welcome."""

from __future__ import annotations

from tests.leaks import Garden
from tests.welcome import buddies_canaries, first_look_canaries, introductions_canaries, onboarding_canaries, pair_canaries


def plant(garden: Garden) -> None:
    buddies_canaries.plant(garden)
    first_look_canaries.plant(garden)
    introductions_canaries.plant(garden)
    onboarding_canaries.plant(garden)
    pair_canaries.plant(garden)
