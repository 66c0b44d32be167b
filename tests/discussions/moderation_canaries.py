"""Canaries in what people report, and in what handlers say of it."""

from __future__ import annotations

from discussions.models import Report
from discussions.moderation import measures, reporting
from tests import make
from tests.discussions import making
from tests.leaks import Garden


def plant(garden: Garden) -> None:
    """Three reports that the support team handles; of the outsider's words in a closed space, nobody of the cast learns anything."""
    plant_one(garden, "ambassador", "staff", "superuser")
    plant_measure(garden)
    friend, other = make.ambassador("Rita Report"), make.ambassador("Otto Other")
    space = making.micro(friend, "A quiet corner")
    making.join(space, other)
    post = making.thread(space, other, body="Quiet words").posts.get()
    made = reporting.report(post, by=friend, reason="unkind", words=garden.canary("discussions.Report.words", "staff", "superuser"))
    garden.pages.append(made.get_absolute_url())


def plant_measure(garden: Garden) -> None:
    """About the ambassador, who has appealed and been answered; and one about somebody else that is only proposed."""
    readers = ("ambassador", "staff", "superuser")
    cast = garden.cast
    measure = measures.propose(
        cast.ambassador, "warning", by=cast.staff, reason=garden.canary("discussions.Measure.reason", *readers)
    )
    measures.agree(measure, by=cast.superuser)
    measures.appeal(measure, garden.canary("discussions.Measure.appeal", *readers))
    answer = garden.canary("discussions.Measure.answer", *readers)
    measures.answer(measure, by=make.second(), lifts=False, words=answer)
    reason = garden.canary("discussions.Measure.reason", "staff", "superuser")
    other = measures.propose(cast.outsider, "warning", by=cast.staff, reason=reason)
    garden.pages += [measure.get_absolute_url(), other.get_absolute_url()]


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
