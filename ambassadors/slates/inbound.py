"""What answers by mail do to a slate: what is certain is noted at once, and all of it is read back to whoever wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ambassadors.models import Slate, SlateEntry
from ambassadors.models.nomination import WORDS_ROOM
from ambassadors.slates import answers
from ambassadors.slates.emails import PREFIX
from ambassadors.slates.reading import Nominee, Reading, read
from correspondence import outbox
from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.models import InboundMail
from foundation.models import Via

if TYPE_CHECKING:
    from correspondence.inbound.parsing import ParsedMail


def answer_slate(delivery: Delivery) -> Slate:
    """Note what the mail says with certainty, and post what we understood to its writer; the rest goes back in their own words."""
    slate = delivery.address.target if delivery.address else None
    if not isinstance(slate, Slate) or delivery.person is None or slate.status == Slate.Status.DRAFT:
        raise MailNotTaken(InboundMail.Reason.NOT_OPEN)
    reading = reading_of(slate, delivery.parsed)
    said = {one.number: answers.Said(one.kind, one.concern) for one in reading.answers if len(one.concern) <= WORDS_ROOM}
    noted = answers.give(slate, said, by=delivery.person, via=Via.MAIL)
    kind = "slate_answers_late" if noted.is_late else "slate_answers_read"
    outbox.post(kind, delivery.person, key=f"slate-answers:{delivery.mail.pk}", slate=slate.pk, inbound=delivery.mail.pk)
    return slate


def reading_of(slate: Slate, parsed: ParsedMail) -> Reading:
    """Read the new words of a mail about a slate, whose numbers stay whoever leaves it."""
    entries = SlateEntry.objects.filter(slate=slate).select_related("nomination")
    nominees = {one.number: Nominee(one.nomination.name, one.text, answers.is_gone(one, slate)) for one in entries}
    return read(parsed.new_text, nominees)


inbound.add(PREFIX, Door(answer_slate))
