"""Which acts stand in sight, and which are folded away."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from discussions.acts import Act

register = template.Library()


@register.filter
def in_sight(acts: Iterable[Act]) -> list[Act]:
    """Those that have a button of their own."""
    return [act for act in acts if not act.in_menu]


@register.filter
def folded(acts: Iterable[Act]) -> list[Act]:
    """Those behind "More"."""
    return [act for act in acts if act.in_menu]
