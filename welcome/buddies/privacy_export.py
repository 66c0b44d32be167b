"""What an archive holds of buddies, and what erasing a person leaves of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from foundation.models import Via
from foundation.privacy_export import Record, Section, sections
from welcome.buddies import workflow
from welcome.buddies.reasons import sentences_for
from welcome.models import Buddy, BuddyMatch

if TYPE_CHECKING:
    from ambassadors.models import User


def buddies_of(person: User) -> Iterable[Record]:
    """One's offer, one's words, and whom one welcomed or was welcomed by, as far as one knows of it."""
    for offer in Buddy.objects.filter(person=person).prefetch_related("topics", "texts"):
        topics = ", ".join(topic.name for topic in offer.topics.all())
        yield {
            "offered_at": offer.offered_at,
            "offers": offer.is_offering,
            "at_a_time": offer.capacity,
            "topics": topics,
            "note": offer.note,
        }
        for text in offer.texts.all():
            yield {"edition": text.number, "words": text.words, "approved_at": text.approved_at, "withdrawn_at": text.withdrawn_at}
    told = BuddyMatch.objects.visible_to(person).filter(newcomer=person) | BuddyMatch.objects.visible_to(person).filter(
        buddy__person=person
    )
    for match in told.select_related("newcomer__ambassador", "buddy__person__ambassador").order_by("pk"):
        buddy = match.buddy.person.shown_name if match.buddy else _("a former member")
        other = str(buddy if match.newcomer_id == person.pk else match.newcomer.shown_name)
        yield {"with": other, "state": match.status, "welcomed_at": match.welcomed_at, "ended_at": match.ended_at} | {
            "reasons": " ".join(sentences_for(person, match))
        }


def forget_buddies(person: User) -> None:
    """Their newcomers are free for somebody else; all of it goes, and what the two wrote is a conversation like others."""
    for match in BuddyMatch.objects.live().filter(buddy__person=person):
        workflow.end(match, BuddyMatch.EndedWhy.BUDDY_LEFT, by=None, via=Via.CLOCK)
    BuddyMatch.objects.filter(newcomer=person).delete()
    Buddy.objects.filter(person=person).delete()


sections.add(
    "buddies",
    Section(
        _("Welcoming newcomers"),
        buddies_of,
        forget_buddies,
        weight=14,
        models=("welcome.Buddy", "welcome.Buddy_topics", "welcome.BuddyText", "welcome.BuddyMatch"),
        text=_("Your offer to welcome newcomers, the words you wrote for it, and with whom you were brought together."),
    ),
)
