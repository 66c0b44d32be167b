"""What answers by mail do: words become a draft that their writer alone reads, "yes" logs it, and a slot is volunteered for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from ambassadors.cleaning import clean_text
from ambassadors.models import Network, OutreachEntry, OutreachQuestion, SlotOffer, SlotVolunteer, SpeakingSlot
from ambassadors.outreach import emails, entries, monthly, slot_emails, slots
from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.inbound.yes_or_no import Word, said_in
from correspondence.models import InboundMail
from foundation.models import Via
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from django.db.models import Model

    from ambassadors.models import User

Reason = InboundMail.Reason
LONGEST = 5000
ROOM_FOR_WORDS = 500
# What goes on with “but …” may tell something after all, though it names no number.
NOTHING = re.compile(
    r"(nothing|none|not this month|not yet|not much|no news)\b(?!.*\b(?:but|except|only|just|though|however)\b)[^\d]*$",
    re.IGNORECASE,
)
FIRST_CLAUSE = re.compile(r"\s*([^.,;:!\n\u2013\u2014-]*)[\s.,;:!\u2013\u2014-]*(.*)", re.DOTALL)


def answer_outreach(delivery: Delivery) -> Model:
    """An answer to the question of the month, to the one about a talk, or to a draft: which, the address says."""
    target, person = delivery.address.target if delivery.address else None, delivery.person
    if person is None or not isinstance(target, OutreachQuestion | SpeakingSlot | OutreachEntry):
        raise MailNotTaken(Reason.NOT_OPEN)
    words = _words_of(delivery)
    try:
        if isinstance(target, OutreachEntry):
            return _to_draft(target, words, person)
        if isinstance(target, OutreachQuestion):
            return _to_question(target, words, person)
        return entries.draft(person, words, slot=target)
    except (TransitionRefused, PermissionDenied) as refused:
        raise MailNotTaken(Reason.NOT_OPEN, why=_sentence(refused)) from refused


def _sentence(refused: Exception) -> str:
    return str(refused.args[0]) if isinstance(refused, TransitionRefused) else _("It is not yours to answer any more.")


def _words_of(delivery: Delivery) -> str:
    try:
        words = clean_text(delivery.parsed.new_text)
    except ValidationError as error:
        raise MailNotTaken(Reason.EMPTY) from error
    if not words:
        raise MailNotTaken(Reason.EMPTY)
    if len(words) > LONGEST:
        raise MailNotTaken(Reason.TOO_LARGE)
    return words


def _to_question(question: OutreachQuestion, words: str, person: User) -> Model:
    """Nothing to tell is an answer; whatever else is said becomes a draft, but a bare yes, which says nothing of what."""
    said = said_in(words)
    if said == Word.YES:
        raise MailNotTaken(
            Reason.NOT_CLEAR, why=_("Write what you shared and with whom, such as: the kickstarter, with 40 grantees.")
        )
    monthly.answered(question, by=person)
    if said == Word.NO or NOTHING.match(" ".join(words.split())):
        return question
    return entries.draft(person, words, question=question)


def _to_draft(entry: OutreachEntry, words: str, person: User) -> Model:
    """Yes logs it, no throws it away, and a number, a network or a link corrects it."""
    said = said_in(words)
    if entry.status == OutreachEntry.Status.LOGGED and said == Word.YES:
        return entry  # said twice, it is there once
    try:
        if said == Word.YES:
            entries.confirm(entry, by=person, via=Via.MAIL)
        elif said == Word.NO:
            entries.remove(entry, by=person, via=Via.MAIL)
        else:
            entries.redraft(entry, words, by=person)
    except ValidationError as error:
        raise MailNotTaken(Reason.NOT_CLEAR, why=" ".join([*error.messages, _what_works()])) from error
    return entry


def _what_works() -> str:
    names = ", ".join(Network.objects.offered().values_list("name", flat=True))
    return _("“Yes” logs the draft, “no” throws it away; or answer with a number of people or one of these: %(names)s.") % {
        "names": names
    }


def answer_offer(delivery: Delivery) -> SlotVolunteer | SlotOffer:
    """Yes with a few words volunteers; not now takes the offer away. What begins with neither goes back: nothing is guessed."""
    offer, person = delivery.address.target if delivery.address else None, delivery.person
    if not isinstance(offer, SlotOffer) or person is None or offer.person_id != person.pk:
        raise MailNotTaken(Reason.NOT_OPEN)
    said, rest = _said_and_rest(_words_of(delivery))
    if said == Word.NO:
        slots.decline(offer, by=person)
        return offer
    if said == Word.UNCLEAR:
        raise MailNotTaken(Reason.NOT_CLEAR, why=_("Begin with “yes” and a few words for them, or write “not now”."))
    try:
        return slots.volunteer(offer.slot, by=person, words=rest, via=Via.MAIL)
    except TransitionRefused as refused:
        raise MailNotTaken(Reason.NOT_OPEN, why=_sentence(refused)) from refused


def _said_and_rest(words: str) -> tuple[Word, str]:
    """Yes or no as the first clause says it, and what follows."""
    whole = said_in(words)
    if whole != Word.UNCLEAR:
        return whole, " ".join(" ".join(words.splitlines()[1:]).split())[:ROOM_FOR_WORDS]
    found = FIRST_CLAUSE.match(words)
    first, rest = (found.group(1), found.group(2)) if found else ("", "")
    return (said_in(first) if first.strip() else Word.UNCLEAR), " ".join(rest.split())[:ROOM_FOR_WORDS]


inbound.add(emails.PREFIX, Door(answer_outreach))
inbound.add(slot_emails.PREFIX, Door(answer_offer))
