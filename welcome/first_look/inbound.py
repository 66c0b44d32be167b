"""What an answer by mail does: it is kept for the pair, sent once it is whole or says so, and read back to whoever wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from correspondence import outbox
from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.inbound.yes_or_no import Word, said_in
from correspondence.models import InboundMail
from foundation.models import Via
from foundation.workflow import TransitionRefused
from welcome.first_look.answering import Box, Said, answers_of, boxes, save_answers, send_answers
from welcome.first_look.emails import DOOR, ours_in
from welcome.first_look.preparing import step_back
from welcome.first_look.reading import read
from welcome.models import LookPair

if TYPE_CHECKING:
    from ambassadors.models import User

Reason = InboundMail.Reason


def answer_look(delivery: Delivery) -> LookPair:
    """Keep numbered answers; “send” posts what is there, “not this time” steps back. What is none of these goes back with what would work."""
    pair, person = delivery.address.target if delivery.address else None, delivery.person
    if not isinstance(pair, LookPair) or person is None:
        raise MailNotTaken(Reason.NOT_OPEN)
    try:
        _do(pair, person, delivery)
    except (PermissionDenied, TransitionRefused) as error:
        raise MailNotTaken(Reason.NOT_OPEN, why=str(error)) from error
    except ValidationError as error:
        raise MailNotTaken(Reason.NOT_CLEAR, why=error.messages[0]) from error
    return pair


def _do(pair: LookPair, person: User, delivery: Delivery) -> None:
    asked, new_text = boxes(pair.look), delivery.parsed.new_text
    found = read(new_text, delivery.parsed.text, {box.number for box in asked}, ours_in(pair))
    if found.answers:
        said = {number: Said(words) for number, words in found.answers.items()}
        save_answers(pair, said, by=person, via=Via.MAIL)
        if _is_whole(pair, asked):
            send_answers(pair, by=person, via=Via.MAIL)
    elif new_text.strip() and (word := said_in(new_text)) != Word.UNCLEAR:
        _do_as_said(pair, person, word)
        if word == Word.NO:
            return
    else:
        raise MailNotTaken(Reason.NOT_CLEAR, why=_what_works(len(asked)))
    outbox.post("first_look_noted", person, key=f"first-look-noted:{delivery.mail.pk}", pair=pair.pk)


def _do_as_said(pair: LookPair, person: User, word: Word) -> None:
    if word == Word.YES:
        send_answers(pair, by=person, via=Via.MAIL)
    else:
        step_back(pair, by=person, via=Via.MAIL)


def _is_whole(pair: LookPair, asked: list[Box]) -> bool:
    known = answers_of(pair)
    return all((box.question.pk, box.part) in known for box in asked)


def _what_works(number: int) -> str:
    return _(
        "We could not tell which question it answers. Put the number before each answer, each on a line of its own: “1.”, “2.” up to “%(last)d.”, "
        "in any order and as many as you like. “Send” posts what the two of you have written; “not this time” steps back, without a reason."
    ) % {"last": number}


inbound.add(DOOR, Door(answer_look))
