"""What somebody said the last time, for their own eyes and only where they asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discussions.models import Post, PromptWish

if TYPE_CHECKING:
    from ambassadors.models import User
    from discussions.models import PromptRound


def own_last_answer(person: User, one: PromptRound) -> Post | None:
    """Return the person's answer to the last earlier round that they answered, if they want to be reminded of it."""
    if not PromptWish.objects.visible_to(person).filter(prompt=one.prompt_id, recalls=True).exists():
        return None
    answers = Post.objects.visible_to(person).filter(author=person, status=Post.Status.SHOWN, number__gt=1)
    earlier = answers.filter(thread__prompt_round__prompt=one.prompt_id, thread__prompt_round__on__lt=one.on)
    found: Post | None = earlier.order_by("-thread__prompt_round__on", "number").first()
    return found
