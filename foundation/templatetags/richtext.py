from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from foundation import richtext as rich

register = template.Library()


@register.filter
def richtext(html: str) -> SafeString:
    """Show rich text: sanitised again as it is read."""
    return rich.safe(html or "")


@register.filter
def plain(html: str) -> str:
    """Show rich text as plain text, for mail and descriptions."""
    return rich.to_plain(html or "")
