"""Canaries in what stands beside posts."""

from __future__ import annotations

from discussions.models import Draft
from tests.discussions import making
from tests.leaks import Garden


def plant(garden: Garden) -> None:
    """A draft is its writer's alone, though others read the thread."""
    thread = making.thread(making.topic("Drafts"), garden.cast.ambassador)
    Draft.objects.create(
        person=garden.cast.ambassador, thread=thread, body=f"<p>{garden.canary('discussions.Draft.body', 'ambassador')}</p>"
    )
    garden.pages.append(thread.get_absolute_url())
    Draft.objects.create(
        person=garden.cast.ambassador,
        subject=garden.canary("discussions.Draft.subject", "ambassador"),
        body=f"<p>{garden.canary('discussions.Draft.body', 'ambassador')}</p>",
    )
    Draft.objects.create(person=garden.cast.ambassador, to=garden.canary("discussions.Draft.to"), body="<p>Hm.</p>")
