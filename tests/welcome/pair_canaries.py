"""What buddies are told, which all members may read."""

from __future__ import annotations

from tests.leaks import MEMBERS, Garden
from welcome.models import WelcomeRules


def plant(garden: Garden) -> None:
    words = garden.canary("welcome.WelcomeRules.crib", *MEMBERS)
    WelcomeRules.objects.update_or_create(pk=1, defaults={"crib": words})
    garden.pages.append("/welcome/buddies/crib/")
