"""What an archive holds of prompts, and what erasing a person leaves of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from discussions.models import FollowUp, Prompt, PromptWish, Responder
from foundation.privacy_export import Record, Section, exempt, sections
from foundation.richtext import to_plain

if TYPE_CHECKING:
    from ambassadors.models import User


def what_they_take_part_in(person: User) -> Iterable[Record]:
    """What they want of each series, when they were asked to answer first, the series that they run, and their follow-ups."""
    for wish in PromptWish.objects.filter(person=person).select_related("prompt").order_by("pk"):
        yield {"series": wish.prompt.title, "by mail": wish.wants_mail, "reminded of own answer": wish.recalls, "since": wish.since}
    for one in Responder.objects.filter(person=person).select_related("round__prompt").order_by("pk"):
        yield {
            "asked at": one.asked_at,
            "series": one.round.prompt.title,
            "status": one.status,
            "said": one.word,
            "said at": one.said_at,
        }
    for prompt in Prompt.objects.filter(facilitator=person).order_by("pk"):
        yield {"series": prompt.title, "text": to_plain(prompt.text), "since": prompt.created_at}
    for follow_up in FollowUp.objects.filter(by=person).order_by("pk"):
        yield {"followed up": follow_up.kind, "said": follow_up.text, "on": follow_up.due_at, "status": follow_up.status}


def leave_the_prompts(person: User) -> None:
    """What they wanted and what they were asked goes; a series that they ran stays with its space, in another leader's name."""
    PromptWish.objects.filter(person=person).delete()
    Responder.objects.filter(person=person).delete()
    Responder.objects.filter(asked_by=person).update(asked_by=None, note="")
    Prompt.objects.filter(facilitator=person).update(facilitator=None)
    FollowUp.objects.filter(Q(post__author=person) | Q(other=person)).delete()
    FollowUp.objects.filter(by=person).update(by=None, text="")


sections.add(
    "prompts",
    Section(
        _("Working out loud"),
        what_they_take_part_in,
        leave_the_prompts,
        weight=9,  # before the words of others, to which follow-ups hang, lose their author
        models=("discussions.FollowUp", "discussions.Prompt", "discussions.PromptWish", "discussions.Responder"),
        text=_(
            "What you want of each series of prompts, and when you were asked to answer first. Your answers are among your words."
        ),
    ),
)
exempt.add(
    "discussions.PromptRound", "one occurrence of a series, which belongs to its space; who was asked for it is in the section"
)
exempt.add("discussions.PromptBreak", "days on which a series rests, which belongs to its space")
