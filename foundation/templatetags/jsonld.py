from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from foundation.jsonld import as_script

register = template.Library()


@register.simple_tag
def json_ld(data: dict[str, Any] | None) -> SafeString:
    """The data block for search engines, or nothing."""
    return as_script(data) if data else SafeString("")
