"""What a person's archive holds of outreach and speaking, and what erasing the person does to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from ambassadors.models import OutreachEntry, OutreachQuestion, SlotOffer, SlotVolunteer, SpeakingSlot
from ambassadors.outreach.slots import without_a_speaker
from foundation.privacy_export import Record, Section, sections

if TYPE_CHECKING:
    from ambassadors.models import User


def what_they_shared(person: User) -> Iterable[Record]:
    """Each entry, drafts too."""
    for entry in OutreachEntry.objects.filter(person=person).exclude(status="removed").select_related("network").order_by("pk"):
        yield {
            "what": entry.what,
            "words": entry.words,
            "with": str(entry.network or ""),
            "people": entry.reach,
            "number_is": entry.certainty,
            "link": entry.link,
            "on": entry.on,
            "state": entry.status,
            "via": entry.via,
        }


def where_they_would_speak(person: User) -> Iterable[Record]:
    """What they posted, were offered, and volunteered for."""
    for slot in SpeakingSlot.objects.filter(posted_by=person).order_by("pk"):
        yield {"posted": slot.title, "on": slot.on, "place": slot.place, "audience": slot.audience, "words": slot.words}
    for one in SlotVolunteer.objects.filter(person=person).select_related("slot").order_by("pk"):
        yield {"volunteered_for": one.slot.title, "words": one.words, "state": one.status, "at": one.at}
    for offer in SlotOffer.objects.filter(person=person).select_related("slot").order_by("pk"):
        yield {"offered": offer.slot.title, "at": offer.at, "declined_at": offer.declined_at}


def forget_what_they_shared(person: User) -> None:
    """Their list goes, and with it what it added to the totals."""
    OutreachEntry.objects.filter(person=person).delete()
    OutreachQuestion.objects.filter(person=person).delete()


def forget_where_they_would_speak(person: User) -> None:
    """Talks to come look for a speaker again; slots that they posted stay, without a name."""
    without_a_speaker(person)
    SlotVolunteer.objects.filter(person=person).delete()
    SlotOffer.objects.filter(person=person).delete()
    SpeakingSlot.objects.filter(speaker=person).update(speaker=None)
    SpeakingSlot.objects.filter(posted_by=person).update(posted_by=None)


sections.add(
    "outreach",
    Section(
        _("What you passed on"),
        what_they_shared,
        forget_what_they_shared,
        models=("ambassadors.OutreachEntry", "ambassadors.OutreachQuestion"),
        text=_("What you logged, and drafts from your mail. The support team reads what is logged; nobody else does."),
    ),
)
sections.add(
    "speaking",
    Section(
        _("Speaking"),
        where_they_would_speak,
        forget_where_they_would_speak,
        weight=9,  # before the talks they gave lose their entries
        models=("ambassadors.SlotOffer", "ambassadors.SlotVolunteer", "ambassadors.SpeakingSlot"),
    ),
)
