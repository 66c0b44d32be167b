"""What conversations say, and Ask Me Abouts heed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver

from correspondence import preferences
from discussions import workflow
from discussions.asking import late, questions
from discussions.following.recipients import told_otherwise
from discussions.models import Post, Question, Thread
from discussions.signals import post_added, post_edited

KIND = Thread.Kind.ASK_ME_ABOUT


@receiver(post_added)
def something_was_said(sender: object, post: Post, thread: Thread, **told: Any) -> None:
    """It may ask something, or answer."""
    if thread.kind == KIND and post.number > 1:
        questions.take_from(post, thread)


@receiver(post_edited)
def something_was_reworded(sender: object, post: Post, **told: Any) -> None:
    """The questions follow the words."""
    if post.thread.kind == KIND:
        questions.reword(post)


@told_otherwise.register("ask me about")
def told_of_question_or_answer(post: Post) -> Iterable[int]:
    """The host gets each question as a mail of its own, and whoever asked the answer, unless they switched such mails off."""
    if post.thread.kind != KIND:
        return []
    hosts = Question.objects.filter(post=post).exclude(session__host__in=preferences.who_switched_off("asking_question"))
    askers = Question.objects.filter(answer=post).exclude(asker__in=preferences.who_switched_off("asking_answered"))
    return [pk for pk in {*hosts.values_list("session__host", flat=True), *askers.values_list("asker", flat=True)} if pk]


workflow.gates.add(KIND, late.gate)
workflow.keepers.add(KIND, late.keep)
