"""How a row of the access table is written. The rows live in `tests/<app>/access.py` and `<part>_access.py`; `tests/community/test_access.py` runs them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ambassadors.models import User

# In the order of the columns. `ambassador` owns the object that a row builds (or takes part in it), `outsider` is another
# active ambassador who shares nothing with it, `removed` was put out, `staff` has no further duty.
WHO = ("visitor", "ambassador", "outsider", "alumnus", "removed", "staff", "superuser")
LOGIN = "login"  # sent to the sign-in page, to come back afterwards


@dataclass
class Cast:
    """The people of one run of the table. `visitor` and whoever cannot sign in are None in the client, not here."""

    ambassador: User
    outsider: User
    alumnus: User
    removed: User
    staff: User
    superuser: User


def nothing(cast: Cast) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """What each of the cast gets from one URL name.

    `build(cast)` makes the object and returns the URL's keyword arguments. `data(cast)` is the valid form data of a POST.
    `state()` is compared before and after: whoever gets a status below 400 other than LOGIN must change it with a POST, everybody
    else must not; a GET must never change it. `sure` lets everybody have said just now who they are, where the page asks for that.
    """

    name: str
    expect: tuple[int | str, ...]
    method: str = "get"
    build: Callable[[Cast], dict[str, Any]] = nothing
    data: Callable[[Cast], dict[str, Any]] = field(default=nothing)
    state: Callable[[], Any] | None = None
    query: str = ""
    sure: bool = False

    def __post_init__(self) -> None:
        if len(self.expect) != len(WHO):
            raise ValueError(f"{self.name}: {len(self.expect)} expectations for a cast of {len(WHO)}")
        if self.method == "post" and self.state is None:
            raise ValueError(f"{self.name}: a POST needs a `state` to compare")
