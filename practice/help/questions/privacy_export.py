"""What a person's archive holds of what they answered organisations; what an organisation asked is its own, and nobody's here."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from ambassadors.models import User
from foundation.privacy_export import Record, Section, exempt, sections
from practice.models import CommunityAnswer


def export(person: User) -> Iterable[Record]:
    """Their answers, each with the proof point it was about."""
    for row in CommunityAnswer.objects.filter(by=person).select_related("question__item").order_by("pk"):
        yield {"about": row.question.item.text, "answer": row.words, "at": row.at, "thanked at": row.thanked_at}


def erase(person: User) -> None:
    """Their answers go with them."""
    CommunityAnswer.objects.filter(by=person).delete()


sections.add(
    "practice answers",
    Section(
        _("Answers to organisations"),
        export,
        erase,
        models=("practice.CommunityAnswer",),
        text=_("What you answered to organisations that asked the community without their name."),
    ),
)
exempt.add(
    "practice.CommunityQuestion", "asked by an organisation and kept without whoever wrote it; it goes with the organisation"
)
exempt.add("practice.CommunityQuestion_topics", "what a question is about: the community's words")
