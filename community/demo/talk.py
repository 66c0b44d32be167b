"""The conversations of the demo, said through the discussions themselves."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from ambassadors.models import User
from community.demo.conversations import CONVERSATIONS, Conversation
from discussions import workflow
from discussions.models import Post, ReadMark, Thread
from foundation.models import Via


def converse() -> None:
    """Let everybody say what they have said to each other so far."""
    for conversation in CONVERSATIONS:
        tell(conversation)


def tell(conversation: Conversation) -> None:
    """Write the conversation, and put its posts where they belong in time. Whoever wrote last has read everything."""
    cast = {name: User.objects.get(name__startswith=f"{name} ") for name in conversation.between}
    first, *others = conversation.lines
    (other,) = (person for name, person in cast.items() if name != first.author)
    thread = workflow.start_private_thread(
        by=cast[first.author], to=other, subject=conversation.subject, body=first.text, via=Via(first.via)
    )
    for line in others:
        workflow.reply(thread, by=cast[line.author], body=line.text, via=Via(line.via))
    now = timezone.now()
    for number, line in enumerate(conversation.lines, start=1):
        at = now - timedelta(hours=line.hours_ago)
        Post.objects.filter(thread=thread, number=number).update(posted_at=at)
        Thread.objects.filter(pk=thread.pk).update(last_post_at=at)


def read_in_time() -> None:
    """Whoever has read up to a post did so when it was written, not when the demo was filled, so that the bar stands at its time."""
    read = Post.objects.filter(thread=OuterRef("thread"), number=OuterRef("number")).values("posted_at")
    ReadMark.objects.filter(number__gt=0).annotate(at=Subquery(read)).filter(at__isnull=False).update(read_at=Subquery(read))
