"""A roster uploaded in the browser: kept, looked at, then imported or thrown away."""

from __future__ import annotations

from django.db import transaction

from ambassadors.models import RosterFile, User
from ambassadors.roster import Report, Roster, import_roster


@transaction.atomic
def keep_roster(name: str, content: bytes, *, by: User) -> RosterFile:
    """Keep an uploaded roster until its uploader has looked at it. Raises RosterUnreadable when it is none."""
    Roster(content)
    RosterFile.objects.forgotten().delete()
    return RosterFile.objects.create(uploaded_by=by, name=name[:200], content=content)


@transaction.atomic
def carry_out(file: RosterFile, *, by: User) -> Report | None:
    """Import a kept roster and let go of it; None when the button was pressed twice and the other press did it."""
    # The row is the ticket: of two presses, the second waits here and then finds it gone.
    held = RosterFile.objects.select_for_update().filter(pk=file.pk).first()
    if held is None:
        return None
    report = import_roster(Roster(bytes(held.content)), by=by)
    held.delete()
    return report
