"""What stands in the way of an edition: each part of the road adds its own reasons, and the workflow asks them all under the lock.

A check gets the edition and the step that is to be made ("submit", "decide", "publish") and yields sentences for a person: what is missing;
a `Reason` also says where it is mended. Nothing to say means that nothing is in the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from foundation.registry import Registry
from products.models import Edition


class Reason(str):
    """A sentence with the address of the page on which what it says is mended."""

    url: str

    def __new__(cls, text: object, url: str = "") -> Reason:
        reason = super().__new__(cls, str(text))
        reason.url = url
        return reason


Check = Callable[[Edition, str], Iterable[str]]
checks: Registry[Check] = Registry("check before a step of the road")


def in_the_way(edition: Edition, step: str) -> list[Reason]:
    """Return every reason for which `step` cannot be made now, in the order in which the checks were added."""
    found = [reason for check in checks for reason in check(edition, step)]
    return [reason if isinstance(reason, Reason) else Reason(reason) for reason in found]
