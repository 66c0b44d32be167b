"""Who follows what in the demo, what waits for facilitators, and one private word to somebody quiet."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ambassadors.models import User
from correspondence.models import OutgoingMail
from discussions import workflow
from discussions.facilitating.nudging import nudge
from discussions.following.workflow import follow
from discussions.models import Follow, Post, Space, Thread

Level = Follow.Level
# Who, which space, how much.
OF_SPACES = [
    ("Ngozi", "Counting what matters", Level.EVERY),
    ("Ngozi", "The kettle", Level.MENTIONS),
    ("Tomasz", "Counting what matters", Level.DIGEST),
    ("Priya", "Counting what matters", Level.EVERY),
    ("Hinemoa", "The kettle", Level.DIGEST),
    ("Desmond", "Boards and chief executives", Level.EVERY),
    ("Caleb", "The kettle", Level.MUTED),
]
# Nobody has answered these yet: space, who, how many hours ago, subject, words.
UNANSWERED = [
    (
        "Counting what matters",
        "Desmond",
        57,
        "Who owns a figure when its author moves on?",
        """Our school attendance figure was one woman's work for nine years. She retires in May. The spreadsheet I can copy; why it leaves
out the two island schools, only she knows. Has anybody handed over a figure, and not just a file?""",
    ),
    (
        "Three questions for every family",
        "Tomasz",
        75,
        "Who keeps the answers, and for how long?",
        """Before I put the three questions into an agreement I have to say who keeps the answers. We would rather never see a single one.
How do you do it at the centres: paper in a drawer, or something better?""",
    ),
]


def follow_and_facilitate() -> None:
    """Let people follow what they care for, leave two questions open, and ask somebody quiet for their view."""
    for first_name, space, level in OF_SPACES:
        follow(Space.objects.get(name=space), by=_called(first_name), level=level)
    for space, first_name, hours, subject, words in UNANSWERED:
        _leave_open(Space.objects.get(name=space), _called(first_name), hours, subject, words)
    _mailed_long_ago()
    thread = Thread.objects.get(subject="Who keeps the answers, and for how long?")
    words = "You wrote half of our rules on this for the university. One paragraph would save Tomasz a month."
    nudge(thread, by=_called("Ngozi"), people=[_called("Priya")], words=words)


def _leave_open(space: Space, by: User, hours: int, subject: str, words: str) -> None:
    thread = workflow.start_thread(space, by=by, subject=subject, body=" ".join(words.split()), kind=Thread.Kind.QUESTION)
    at = timezone.now() - timedelta(hours=hours)
    Post.objects.filter(thread=thread).update(posted_at=at, told_at=at)
    Thread.objects.filter(pk=thread.pk).update(started_at=at, last_post_at=at)


def _mailed_long_ago() -> None:
    """Whoever was named before yesterday had their mail then."""
    old = Post.objects.filter(posted_at__lt=timezone.now() - timedelta(days=1)).values_list("pk", flat=True)
    OutgoingMail.objects.filter(kind="mention", about__post__in=list(old)).delete()


def _called(first_name: str) -> User:
    person: User = User.objects.get(name__startswith=f"{first_name} ")
    return person
