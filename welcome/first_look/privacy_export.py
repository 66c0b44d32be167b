"""What an archive holds of first looks, and what erasing a person leaves of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from foundation.privacy_export import Record, Section, exempt, sections
from welcome.models import FirstLook, Improvement, ImprovementAuthor, LookAnswer, LookPair, LookSeat

if TYPE_CHECKING:
    from ambassadors.models import User


def what_they_found(person: User) -> Iterable[Record]:
    """The first looks they took, the answers of their pairs, and what became of what they would improve."""
    for seat in LookSeat.objects.filter(person=person).select_related("look").order_by("pk"):
        yield {"first look": seat.look.title, "since": seat.added_at, "stepped back": seat.stepped_back_at}
    answers = LookAnswer.objects.filter(pair__seats__person=person).select_related("question")
    for answer in answers.order_by("pk"):
        own = answer.written_by_id == person.pk
        yield {"question": answer.question.text, "answer of your pair": answer.words, "at": answer.written_at, "yours": own}
    for author in ImprovementAuthor.objects.filter(person=person).select_related("improvement").order_by("pk"):
        one = author.improvement
        yield {"improvement": one.words, "status": one.status, "note": one.note_to_authors, "told": author.told_done_at}
    for one in Improvement.objects.filter(owner=person).order_by("pk"):
        yield {"improvement you look after": one.words, "status": one.status}
    for look in FirstLook.objects.filter(facilitator=person).order_by("pk"):
        yield {"first look you prepared": look.title, "words": look.words, "at": look.created_at}


def leave_the_looks(person: User) -> None:
    """Their seats go. What a pair found stays, without their name: it is the other's as well."""
    LookPair.objects.filter(seats__person=person).update(why_together="")
    LookSeat.objects.filter(person=person).delete()
    LookAnswer.objects.filter(written_by=person).update(written_by=None)
    LookPair.objects.filter(sent_by=person).update(sent_by=None)
    ImprovementAuthor.objects.filter(person=person).update(person=None)
    Improvement.objects.filter(owner=person).update(owner=None)
    FirstLook.objects.filter(facilitator=person).update(facilitator=None)


sections.add(
    "first looks",
    Section(
        _("First looks"),
        what_they_found,
        leave_the_looks,
        weight=16,
        models=(
            "welcome.FirstLook",
            "welcome.Improvement",
            "welcome.ImprovementAuthor",
            "welcome.LookAnswer",
            "welcome.LookPair",
            "welcome.LookSeat",
        ),
        text=_("What you and a partner found when you looked around here, and what became of what you would improve."),
    ),
)
exempt.add("welcome.LookQuestion", "what a first look asks of everybody who takes it")
