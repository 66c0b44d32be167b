"""What answers by mail do to profiles: nothing that anybody else could see, until the person says so on the site."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ambassadors import workflow
from ambassadors.cleaning import clean_text
from ambassadors.comfort import comfort_in
from ambassadors.models import ProfileQuestion
from ambassadors.models.ambassador import BIO_ROOM
from ambassadors.workflow.questions import ask_who_is_due
from correspondence import due
from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.models import InboundMail

Reason = InboundMail.Reason


def answer_question(delivery: Delivery) -> ProfileQuestion:
    """Keep the mail's words as a draft of the answer to the question of its reply address."""
    question = delivery.address.target if delivery.address else None
    if not isinstance(question, ProfileQuestion) or delivery.person is None:
        raise MailNotTaken(Reason.NOT_OPEN)
    try:
        words = clean_text(delivery.parsed.new_text)
    except ValidationError as error:
        raise MailNotTaken(Reason.EMPTY) from error
    if not words:
        raise MailNotTaken(Reason.EMPTY)
    if len(words) > BIO_ROOM:
        raise MailNotTaken(Reason.TOO_LARGE)
    if question.field == ProfileQuestion.Field.TECH_COMFORT and not comfort_in(words):
        why = _(
            "We could not tell which of the three it is. One of these alone would do: “at home”, “I get along”, “I like a hand”."
        )
        raise MailNotTaken(Reason.NOT_CLEAR, why=why)
    workflow.question_answer(question, words, by=delivery.person)
    return question


inbound.add("profile", Door(answer_question))
due.steps.add("questions about profiles", ask_who_is_due)
