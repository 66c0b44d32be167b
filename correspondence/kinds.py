"""The kinds of mail there are. Each app registers its own in its `emails.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from foundation.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from correspondence.models import OutgoingMail


def always(mail: OutgoingMail) -> bool:
    """The answer of a kind which is always still wanted and allowed."""
    return True


@dataclass(frozen=True)
class Kind:
    """One kind of mail.

    `context(mail)` returns what its templates `emails/<name>.{subject.txt,txt,html}` may use, read from the database at the time
    of sending. `still_wanted(mail)` is asked just before that; False drops the mail. `optional` kinds have a preference, carry
    the unsubscribe headers and count towards the day's limit; the others (codes, invitations, answers to one's own words) do not.
    `sample()` returns a context for the preview, with no real person in it. `headers(mail, context)` may add or set headers
    (From, Reply-To, threading). `placeholders` are the names which a text overridden in the admin may use.
    """

    name: str
    label: StrPromise | str
    context: Callable[[OutgoingMail], dict[str, Any]]
    sample: Callable[[], dict[str, Any]]
    still_wanted: Callable[[OutgoingMail], bool] = always
    optional: bool = True
    headers: Callable[[OutgoingMail, dict[str, Any]], dict[str, str]] = field(default=lambda mail, context: {})
    placeholders: tuple[str, ...] = ()


kinds: Registry[Kind] = Registry("kind of mail")
