"""The support team's words on a page that somebody else's view makes."""

from __future__ import annotations

from django import template
from django.template import Context

from community.models import PageEdition
from community.pages.reading import text_of

register = template.Library()


@register.simple_tag(takes_context=True)
def page_text(context: Context, key: str) -> PageEdition:
    """`{% page_text "about" as text %}`: title, lead and body (`{{ text.body|richtext }}`) of that page. A draft shows in its preview."""
    return text_of(context["request"], key)
