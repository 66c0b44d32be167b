"""What the pages about one's account say in words."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from ambassadors.accounts import middleware

register = template.Library()

# Looked for in this order: Edge and Opera call themselves Chrome as well, Chrome calls itself Safari.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@register.filter
def browser(user_agent: str) -> str:
    """What somebody signed in with, as people call it."""
    name = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    if name and system:
        return _("%(browser)s on %(system)s") % {"browser": name, "system": system}
    return name or system or _("Another program")


@register.filter
def second_factor_is_due(user: Any) -> bool:
    """Whether this person must set up a second factor before anything else."""
    return middleware.second_factor_is_due(user)
