"""What the help mail says of outreach: the question of the month, drafts to confirm, talks to log, and slots that look for a speaker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import OutreachEntry, OutreachQuestion, SlotOffer, SpeakingSlot
from ambassadors.outreach.emails import answer_to
from ambassadors.outreach.slot_emails import PREFIX
from correspondence.addresses import Letter
from correspondence.inbound.guide import MOST, Guide, Offer, guides

if TYPE_CHECKING:
    from ambassadors.models import User


def offers(person: User) -> Iterator[Offer]:
    """What waits for a word of theirs, and where they say what they shared."""
    for entry in OutreachEntry.objects.visible_to(person).drafts().filter(person=person).order_by("-pk")[:MOST]:
        line = _("Log “%(what)s”: write yes, or no to throw the draft away.") % {"what": entry.what}
        yield Offer(line, Letter(answer_to(person, entry), entry.what))
    for offer in (
        SlotOffer.objects.visible_to(person).waiting_on(timezone.localdate()).select_related("slot").order_by("-pk")[:MOST]
    ):
        line = _("Would you speak: “%(title)s”? Write yes with a few words, or not now.") % {"title": offer.slot.title}
        yield Offer(line, Letter(answer_to(person, offer, PREFIX), offer.slot.title))
    talks = SpeakingSlot.objects.visible_to(person).talked_before(timezone.now()).filter(speaker=person, reminded_at__isnull=False)
    for slot in talks.without_a_log().order_by("-on", "-pk")[:MOST]:
        line = _("Say how many listened to “%(title)s”, with a link if there is one.") % {"title": slot.title}
        yield Offer(line, Letter(answer_to(person, slot), slot.title))
    question = OutreachQuestion.objects.visible_to(person).order_by("-month").first()
    if question is not None:
        subject = _("What I shared")
        yield Offer(_("Log what you shared, with whom and with how many people."), Letter(answer_to(person, question), subject))


guides.add("outreach", Guide(gettext_lazy("What you shared, and speaking"), 45, offers))
