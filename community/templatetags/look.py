"""Small helpers of templates: icons, initials, and where one can go."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

import lucide as lucide_package
from django import template
from django.template import Context
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

from community import navigation

register = template.Library()


class HasLook(Protocol):
    """What a community is seen by."""

    @property
    def name(self) -> str: ...

    @property
    def accent(self) -> str: ...


@register.simple_tag
def icon(name: str, css_class: str = "icon") -> SafeString:
    """One of lucide's icons, drawn inline. It never speaks alone: the text beside it says what it means."""
    return _drawn(str(name) + "", str(css_class) + "")


@lru_cache(maxsize=500)
def _drawn(name: str, css_class: str) -> SafeString:
    drawn = lucide_package._render_icon(name, 24, **{"class": css_class, "aria-hidden": "true", "focusable": "false"})
    return mark_safe(drawn)  # noqa: S308 - lucide's own drawing; the names and classes are ours


@register.filter
def initials(name: str) -> str:
    """First letters of the first and the last word: "Ana María de la Vega" gives "AV"."""
    words = [word for word in str(name).split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def dotted(labels: str | Iterable[object]) -> str:
    """Several labels on one line; a text stays as it is."""
    return str(labels) if isinstance(labels, (str, Promise)) else " · ".join(str(label) for label in labels)


@register.filter
def look_version(community: HasLook) -> str:
    """What the address of the style sheet and of the mark carries, so that a browser asks again when name or colour change."""
    return hashlib.blake2s(f"{community.name} {community.accent}".encode(), digest_size=6).hexdigest()


@register.simple_tag(takes_context=True)
def navigation_links(context: Context, where: str) -> tuple[navigation.Link, ...]:
    """The links of one part of the frame (`navigation.PLACES`), for the reader of this page."""
    return navigation.links(where, context["request"])
