"""What else a page shows: each app registers panels for the pages of the floors below it ("write to her" on a profile)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from foundation.context import token_of
from foundation.drawing import TOKEN, draw, with_token
from foundation.registry import Registry

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

Page = Literal[
    "profile", "profile-head", "space", "thread-head", "thread-foot", "pillar", "product", "case", "first-weeks", "practice"
]


@dataclass(frozen=True)
class Panel:
    """A part of a page of somebody else's.

    `context(reader, obj)` returns what `template` may use, read through `visible_to(reader)`, or None where the reader gets no panel.
    Where `is_plain`, that is all the template shows (but for the form's token), and it is drawn once (foundation/drawing.py).
    """

    page: Page
    template: str
    context: Callable[[User | AnonymousUser, Any], dict[str, Any] | None]
    weight: int = 10
    is_plain: bool = False


panels: Registry[Panel] = Registry("panel")


def panels_for(request: HttpRequest, page: Page, obj: models.Model) -> list[SafeString]:
    """Return the rendered panels of one page for the one who asks, the lightest first."""
    shown = []
    for panel in sorted((panel for panel in panels if panel.page == page), key=lambda panel: panel.weight):
        context = panel.context(request.user, obj)
        if context is not None and panel.is_plain:
            shown.append(with_token(draw(panel.template, csrf_token=TOKEN, **context), token_of(request)))
        elif context is not None:
            shown.append(mark_safe(render_to_string(panel.template, context, request)))  # noqa: S308  a template's output
    return shown
