"""Canaries in what people report, and in what handlers say of it."""

from __future__ import annotations

from discussions.models import Report
from discussions.moderation import reporting
from tests import make
from tests.discussions import making
from tests.leaks import Garden


def plant(garden: Garden) -> None:
    """Three reports that the support team handles; of the outsider's words in a closed space, nobody of the cast learns anything."""
    plant_one(garden, "ambassador", "staff", "superuser")
    friend, other = make.ambassador("Rita Report"), make.ambassador("Otto Other")
    space = making.micro(friend, "A quiet corner")
    making.join(space, other)
    post = making.thread(space, other, body="Quiet words").posts.get()
    made = reporting.report(post, by=friend, reason="unkind", words=garden.canary("discussions.Report.words", "staff", "superuser"))
    garden.pages.append(made.get_absolute_url())


def plant_one(garden: Garden, *readers: str) -> None:
    author = make.ambassador("Carl Clumsy")
    thread = making.thread(making.topic("A topic with a quarrel"), author)
    post = thread.posts.get()
    words = garden.canary("discussions.Report.words", *readers)
    made = reporting.report(post, by=garden.cast.ambassador, reason="other", words=words)
    reporting.note(made, garden.canary("discussions.ReportNote.words", "staff", "superuser"), by=garden.cast.staff)
    reporting.settle(made, by=garden.cast.staff, acted=True, outcome=garden.canary("discussions.Report.outcome", *readers))
    Report.objects.filter(pk=made.pk).update(said=garden.canary("discussions.Report.said", *readers))
    garden.pages.append(made.get_absolute_url())
