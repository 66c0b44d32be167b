"""What an answer by mail to the question of an introduction does: yes, or not now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from correspondence import outbox
from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.inbound.yes_or_no import Word, said_in
from correspondence.models import InboundMail
from foundation.models import Via
from foundation.workflow import TransitionRefused
from welcome.introductions import said, workflow
from welcome.introductions.emails import MEET
from welcome.models import IntroductionSide
from welcome.onboarding.words import LATER

if TYPE_CHECKING:
    from django.db.models import Model

Reason = InboundMail.Reason
GREETING = 4  # words


def answer_introduction(delivery: Delivery) -> Model:
    """Take a yes or a not now. Whatever is neither goes back: it may be meant for the other, and has reached nobody."""
    side, person = delivery.address.target if delivery.address else None, delivery.person
    if not isinstance(side, IntroductionSide) or person is None or side.person_id != person.pk:
        raise MailNotTaken(Reason.NOT_OPEN)
    word = word_in(delivery.parsed.new_text)
    if word == Word.UNCLEAR:
        raise MailNotTaken(Reason.NOT_CLEAR, why=str(said.UNCLEAR))
    try:
        is_made = workflow.answer(side, by=person, is_yes=word == Word.YES, via=Via.MAIL)
    except TransitionRefused as over:
        raise MailNotTaken(Reason.NOT_OPEN, why=str(said.OVER)) from over
    noted = "made" if is_made else "yes" if word == Word.YES else "not now"
    outbox.post("introduction_noted", person, key=f"introduction-noted:{delivery.mail.pk}", said=noted)
    return side


def word_in(text: str) -> Word:
    """What an answer says: “later” and “not now” are a no here, and whatever says more than one word of this kind is unclear."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and lines[0].endswith(",") and len(lines[0].split()) <= GREETING and said_in(lines[0]) == Word.UNCLEAR:
        lines = lines[1:]
    first = tuple(re.findall(r"[^\W\d_]+", lines[0].casefold())) if lines else ()
    if not first:
        return Word.UNCLEAR
    thanks = tuple(word for word in first if word not in {"thanks", "thank", "you", "please", "sorry"})
    return Word.NO if thanks in LATER else said_in(lines[0])


inbound.add(MEET, Door(answer_introduction, is_unlisted=True))
