"""The marks on views that are not for members alone. What carries no mark is closed to everybody but active ambassadors and staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Open the view to everybody: a page for visitors, or one that checks a token itself."""
    view.access = "public"  # type: ignore[attr-defined]
    view.login_required = False  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Open the view to everybody who is signed in (alumni and assistants too): it shows them only what is their own."""
    view.access = "signed in"  # type: ignore[attr-defined]
    return view
