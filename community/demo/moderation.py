"""What is kept in order in the demo: a pinned and a locked conversation, reports in each state, a split, a measure that waits."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ambassadors.models import User
from discussions.models import Post, Report, Space, Thread
from discussions.moderation import measures, moving, reporting, workflow
from discussions.workflow import reply, start_thread

# Who says what, and how many hours ago.
FIGURES = [
    ("Tomasz", 98, "Three of the towns in our fund ask whether they may publish each other's figures. What do you tell yours?"),
    (
        "Valentina",
        95,
        "Ours decide it together, once a year, with the figures on the table. It takes an afternoon, and nobody is surprised later.",
    ),
    (
        "Caleb",
        91,
        "With respect, whoever hides figures has something to hide. We have known that about two of those towns for years.",
    ),
    ("Hinemoa", 88, "We show a family its own figures before anybody else sees them. Towns could do the same for each other."),
    ("Emeka", 70, "Does anybody have a form that one can sign for it? Ours is four pages long and nobody reads to the end."),
    ("Agnieszka", 66, "Half a page, from our lawyer and a primary teacher. Tell me where to send it."),
]
KETTLE = [
    (
        "Marguerite",
        400,
        (
            "New here? Say who you are and what you are stuck with, in three lines. And tell us when something said here does not sit right with you: "
            "each post has a way to report it, and somebody answers."
        ),
    ),
    ("Saoirse", 380, "I came for the measures and stayed for the kettle. Hello from Galway."),
]
VENDOR = [
    (
        "Siddharth",
        250,
        "Which of you has bought one of these dashboards that promise everything? I have three offers on the table.",
    ),
    ("Bhavesh", 240, "Ask each of them to show you a town that left them, and what it could take along."),
]


def keep_order(*, by: User) -> None:
    """Let people talk, and let those who look after the topics do what is to be done."""
    if Thread.objects.filter(subject="Who may publish whose figures?").exists():
        return
    figures = tell("Counting what matters", "Who may publish whose figures?", FIGURES)
    moving.split(
        figures, figures.posts.filter(number__gte=5).values_list("pk", flat=True), subject="A form that people sign", by=by
    )
    workflow.pin(tell("The kettle", "How we talk here", KETTLE), by=by)
    vendor = tell("Boards and chief executives", "Dashboards that promise everything", VENDOR)
    workflow.lock(vendor, by=by, reason="Siddharth has what he needs. What you buy is between you and your board.")
    report_some(figures, vendor, by=by)
    measure = measures.propose(
        called("Caleb"),
        "warning",
        by=by,
        reason="You said of two towns, by hints that many here can read, that they hide something. Bring what you know to them, or to us; "
        "in a conversation it helps nobody.",
    )
    type(measure).objects.filter(pk=measure.pk).update(proposed_at=timezone.now() - timedelta(hours=20))


def report_some(figures: Thread, vendor: Thread, *, by: User) -> None:
    """One report waits, one is in hand with a note, one is settled."""
    hints, offers, _advice = (post for post in (figures.posts.get(number=3), *vendor.posts.order_by("number")))
    waiting = reporting.report(
        hints, by=called("Valentina"), reason="unkind", words="Everybody in our fund knows which towns he means."
    )
    in_hand = reporting.report(
        hints, by=called("Hinemoa"), reason="private", words="One of the two is ours. I would rather hear it directly."
    )
    reporting.take(in_hand, by=by)
    reporting.note(in_hand, "I have written to Caleb, and asked a colleague about a warning.", by=by)
    settled = reporting.report(offers, by=called("Bronwen"), reason="selling")
    outcome = (
        "Thank you for looking out. Siddharth buys, he does not sell; I have asked him to leave names of firms out, and he has."
    )
    reporting.settle(settled, by=by, acted=False, outcome=outcome)
    now = timezone.now()
    for report, hours in ((waiting, 5), (in_hand, 30), (settled, 230)):
        Report.objects.filter(pk=report.pk).update(created_at=now - timedelta(hours=hours))
    Report.objects.filter(pk=settled.pk).update(settled_at=now - timedelta(hours=225))


def tell(space: str, subject: str, lines: list[tuple[str, int, str]]) -> Thread:
    """Say a thread, and put its posts where they belong in time."""
    first, *others = lines
    thread = start_thread(Space.objects.get(name=space), by=called(first[0]), subject=subject, body=first[2])
    for name, _hours, text in others:
        reply(thread, by=called(name), body=text)
    now = timezone.now()
    for number, (_name, hours, _text) in enumerate(lines, start=1):
        at = now - timedelta(hours=hours)
        Post.objects.filter(thread=thread, number=number).update(posted_at=at, told_at=at)
        Thread.objects.filter(pk=thread.pk).update(last_post_at=at)
    Thread.objects.filter(pk=thread.pk).update(started_at=now - timedelta(hours=first[1]))
    return Thread.objects.get(pk=thread.pk)


def called(first_name: str) -> User:
    """The person of that first name."""
    person: User = User.objects.get(name__startswith=f"{first_name} ")
    return person
