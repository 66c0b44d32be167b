"""What the people of the demo talked about on their mailing list, years before there was this site."""

from __future__ import annotations

from ambassadors.models import User
from community.demo.people import DATA
from discussions.archive.importing import Listener, import_archive
from discussions.models import Space


def bring_the_list_in(by: User) -> None:
    """Import the archive of the list into the space that took its place."""
    space = Space.objects.get(slug="the-kettle")
    with (DATA / "archive" / "kettle.mbox").open("rb") as file:
        import_archive(file, space, by=by, listener=Listener(refused=_must_not_be))


def _must_not_be(number: int, reason: str) -> None:
    raise ValueError(f"message {number} of the demo's archive: {reason}")
