"""What follows from an answer to a prompt: rows only, under the lock of its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from discussions.models import Post, PromptRound, PromptWish, Responder, Thread
from discussions.prompts import lineup
from discussions.signals import post_added
from discussions.workflow import PostNotTaken, gates
from foundation.models import Via
from foundation.workflow import apply

if TYPE_CHECKING:
    from ambassadors.models import User


@receiver(post_added)
def note_an_answer(sender: Any, *, post: Post, thread: Thread, **kwargs: Any) -> None:
    """Note that somebody answered first, or takes part from now on. What is said before the opening is told with it, in one mail."""
    if thread.kind != Thread.Kind.PROMPT:
        return
    if thread.status == Thread.Status.PREPARING:
        Post.objects.filter(pk=post.pk).update(told_at=timezone.now())
        for responder in Responder.objects.filter(round__thread=thread, person=post.author_id, status=Responder.Status.ACCEPTED):
            apply(lineup.ANSWER, responder, by=post.author, via=Via(post.via))
    prompt = PromptRound.objects.filter(thread=thread).values_list("prompt", flat=True).first()
    if prompt is not None and post.number > 1 and post.author_id:
        PromptWish.objects.bulk_create([PromptWish(prompt_id=prompt, person_id=post.author_id)], ignore_conflicts=True)


@gates.register(Thread.Kind.PROMPT)
def refuse_what_was_called_off(thread: Thread, by: User) -> None:
    """A round that was called off takes no answers any more, from those who had it early either."""
    if thread.status == Thread.Status.PREPARING and PromptRound.objects.filter(thread=thread, status="called off").exists():
        raise PostNotTaken(_("This prompt was called off. What you wrote stays with you; the next one comes."))
