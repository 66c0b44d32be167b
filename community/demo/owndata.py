"""What some people of the demo have done about their own data: one has an archive, one is leaving for good, one rests, one misses us."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ambassadors import workflow as people
from ambassadors.models import Ambassador, User
from ambassadors.owndata import archive, erasing, leaving
from community.logins import ADDRESSES

WISH = (
    "My two years at the ministry end in spring, and I can speak freely again. I would like to take up where I left off, "
    "if there is a seat; if there is none I will gladly wait for one."
)


def own_data() -> None:
    """Let it happen by the functions that the pages call."""
    archive.prepare(archive.ask(User.objects.get(email=ADDRESSES["ambassador"])).pk)
    leaver = User.objects.get(name="Percival Anstruther-Lee")
    erasing.plan(leaver, by=leaver)
    leaving.ask_to_return(User.objects.get(name="Graciela Monteverde Paz"), WISH)
    rested = Ambassador.objects.filter(status=Ambassador.Status.PAUSED).order_by("pk").select_related("user")[0]
    people.resume(rested, by=rested.user)
    people.pause(rested, by=rested.user, until=timezone.localdate() + timedelta(days=40))
