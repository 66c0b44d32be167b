"""What a new community asks of nominees until it words it otherwise, and who of it may decide at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ambassadors.models import CriteriaEdition, Criterion, VettingDuty, VettingQuestion
from ambassadors.nominations import criteria
from foundation.models import Via

if TYPE_CHECKING:
    from ambassadors.models import User

K = Criterion.Kind
CRITERIA = [
    (
        K.MUST,
        "Wants to change how others think, not only what they themselves do",
        "They teach, write, convene or argue in public; or people say that they changed their mind because of them.",
    ),
    (
        K.MUST,
        "Believes that doing well by people has to be shown, not assumed",
        "They ask for results when it is uncomfortable, their own included: a survey acted upon, a program that was stopped.",
    ),
    (
        K.MUST,
        "Stands behind the framework of the community",
        "They have read it, and would explain it to a colleague in their own words; disagreeing with a part of it is no obstacle.",
    ),
    (
        K.MUST,
        "Brings depth in something",
        "Years of practice, research or responsibility in one field, which others here could draw on.",
    ),
    (
        K.DESIRABLE,
        "Is really interested, and not only flattered",
        "They ask what happens here and who else takes part; they came back to it by themselves.",
    ),
    (
        K.DESIRABLE,
        "Can set their own organisation aside",
        "In a room of peers they speak from experience, and sell nothing.",
    ),
    (
        K.DESIRABLE,
        "Gives time, and says what they think",
        "They answer when asked, admit what went wrong, and keep what is told in confidence.",
    ),
    (
        K.DESIRABLE,
        "Leaves room for others",
        "Talks with them do not turn around one subject, or one person.",
    ),
    (
        K.DESIRABLE,
        "Is at ease with being contradicted",
        "You have seen them disagree well: in a meeting, a thread or a review.",
    ),
    (
        K.DESIRABLE,
        "Would get on with those who are here",
        "You can name two people whom they would enjoy working with, and one who would enjoy arguing with them.",
    ),
]
QUESTIONS = [
    ("What would they bring that nobody here has yet?", "A field, a place, a way of looking at things.", False),
    ("What would you like to know before you could say yes?", "A call, a text of theirs, somebody to ask.", False),
]


@transaction.atomic
def fill_admission(founder: User | None = None) -> list[str]:
    """Fill criteria and duties where there are none yet; return the names of what was filled."""
    filled = []
    if founder is not None and not CriteriaEdition.objects.exists():
        _fill_criteria(founder)
        filled.append("criteria")
    if founder is not None and not VettingDuty.objects.exists():
        VettingDuty.objects.create(person=founder, is_vetter=True, is_lead=True, decides=True)
        filled.append("duties")
    return filled


def _fill_criteria(founder: User) -> None:
    edition = criteria.begin_draft(by=founder, via=Via.COMMAND)
    Criterion.objects.bulk_create(
        Criterion(edition=edition, kind=kind, text=text, explanation=explanation, position=position)
        for position, (kind, text, explanation) in enumerate(CRITERIA, start=1)
    )
    VettingQuestion.objects.bulk_create(
        VettingQuestion(edition=edition, text=text, help_text=help_text, is_required=is_required, position=position)
        for position, (text, help_text, is_required) in enumerate(QUESTIONS, start=1)
    )
    criteria.publish(edition, revision=edition.revision, by=founder, via=Via.COMMAND)
