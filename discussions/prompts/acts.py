"""What prompts add to the page of a thread: following answers up, for whoever leads the space, and where the prompt comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from discussions import rules
from discussions.acts import Act, post_acts, thread_facts
from discussions.models import PromptRound, Thread
from foundation.panels import Panel, panels

if TYPE_CHECKING:
    from ambassadors.models import User
    from discussions.models import Post


def follow_them_up(reader: User, thread: Thread, posts: Sequence[Post]) -> Mapping[int, Iterable[Act]]:
    """For whoever leads the space: to follow up what others answered."""
    if thread.kind != Thread.Kind.PROMPT or not rules.leads(reader, thread.space):
        return {}
    answers = (post for post in posts if post.number > 1 and post.author_id and post.author_id != reader.pk)
    return {
        post.pk: [Act(_("Follow up"), reverse("discussions:follow-up-start", args=[post.pk]), "inbox", weight=30)]
        for post in answers
    }


def round_of_thread(reader: Any) -> Any:
    """The round that a thread is, as the page needs it."""
    rounds = PromptRound.objects.filter(thread=OuterRef("pk"))  # unscoped: whoever reads the thread knows of its round
    facts = JSONObject(pk="pk", prompt="prompt", opens_at="opens_at", status="status")
    return Subquery(rounds.values(facts=facts)[:1])


def series_of(reader: User | AnonymousUser, thread: Thread) -> dict[str, Any] | None:
    """Of which series it is one round; in its private hours, when it opens."""
    fact = getattr(thread, "prompt_round_facts", None)
    if thread.kind != Thread.Kind.PROMPT or not fact:
        return None
    opens_at = datetime.fromisoformat(fact["opens_at"])
    is_early = thread.status == Thread.Status.PREPARING and fact["status"] != PromptRound.Status.CALLED_OFF
    return {
        "url": reverse("discussions:prompt-detail", args=[fact["prompt"]]),
        "opens_at": opens_at if is_early else None,
        "round_url": reverse("discussions:round-detail", args=[fact["pk"]]) if is_early else "",
        "is_called_off": fact["status"] == PromptRound.Status.CALLED_OFF,
    }


post_acts.add("follow up", follow_them_up)
thread_facts.add("prompt_round_facts", round_of_thread)
panels.add("series of a prompt", Panel("thread-head", "discussions/prompts/_series.html", series_of, weight=5))
