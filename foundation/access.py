"""The marks on views that are not for members alone. What carries no mark is closed to everybody but active ambassadors and staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, overload

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Open the view to everybody: a page for visitors, or one that checks a token itself."""
    view.access = "public"  # type: ignore[attr-defined]
    view.login_required = False  # type: ignore[attr-defined]
    return view


@overload
def public_page(view: View) -> View: ...


@overload
def public_page(*, queries: tuple[str, ...]) -> Callable[[View], View]: ...


def public_page(view: Any = None, *, queries: tuple[str, ...] = ()) -> Any:
    """Open the view to everybody, and let visitors have its page from the page cache: `@public_page` or `@public_page(queries=("after",))`.

    For pages that are the same for every visitor: no form, token, message or cookie; members get theirs rendered as ever. An address that
    asks for anything but `queries` is answered, and not kept. What the page shows is watched (foundation/publication.py).
    """

    def marked(view: Any) -> Any:
        view.kept_queries = frozenset(queries)
        return public(view)

    return marked if view is None else marked(view)


def signed_in(view: View) -> View:
    """Open the view to everybody who is signed in (alumni and assistants too): it shows them only what is their own."""
    view.access = "signed in"  # type: ignore[attr-defined]
    return view
