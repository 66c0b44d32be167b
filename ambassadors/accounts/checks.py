"""What must be said before the site goes out into the world."""

from __future__ import annotations

import os
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def proxies_are_counted(**kwargs: Any) -> list[CheckMessage]:
    """Limits go by the visitor's address, which is a proxy's when nobody said how many stand before the site."""
    if os.environ.get("TRUSTED_PROXY_COUNT", "").strip():
        return []
    return [
        Error(
            "TRUSTED_PROXY_COUNT is not set: rate limits cannot tell visitors apart.",
            hint="Say how many proxies under your control stand before the site; 0 where visitors reach it directly.",
            id="accounts.E001",
        )
    ]
