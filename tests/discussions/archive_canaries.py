"""Canaries in what the archive of a mailing list brought into a closed space: the names of people without an account."""

from __future__ import annotations

import io

from discussions.archive.importing import Listener, import_archive
from discussions.models import Thread
from tests.discussions import making
from tests.discussions.archives import google
from tests.leaks import Garden


def plant(garden: Garden) -> None:
    """Who is in the space reads the names; nobody else finds them."""
    space = making.micro(garden.cast.ambassador, name="Old letters")
    name = garden.canary("discussions.Post.written_by", "ambassador")
    archive = google(1, "Words of long ago.", sender=f"{name} <somebody@harbour.example>", subject="Old times")
    import_archive(io.BytesIO(archive), space, by=None, listener=Listener(refused=lambda number, reason: None))
    thread = Thread.objects.get(space=space)
    Thread.objects.filter(pk=thread.pk).update(starter_name=garden.canary("discussions.Thread.starter_name", "ambassador"))
    garden.pages += [space.get_absolute_url(), thread.get_absolute_url()]
