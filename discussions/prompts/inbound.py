"""What an answer by mail does to the question whether one would answer a prompt first."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.models import InboundMail
from discussions.inbound import said_by_mail
from discussions.models import Responder
from discussions.prompts import lineup
from discussions.prompts.emails import PREFIX
from discussions.workflow import start_private_thread
from foundation.models import Via
from foundation.workflow import TransitionRefused

YES = re.compile(
    r"(yes|yep|yeah|sure|gladly|okay|ok|of course|happy to|with pleasure|count me in|i.?m in|i will|i.?d love)\b", re.IGNORECASE
)
NO = re.compile(
    r"(no|nope|not this time|sorry|unfortunately|i can.?t|i cannot|can.?t|cannot|decline|pass)\b(?! (problem|worries))",
    re.IGNORECASE,
)


def answer_request(delivery: Delivery) -> Responder:
    """Note a yes or a no. What begins with neither goes to whoever asked, as a private message: nobody's words are guessed at."""
    responder = delivery.address.target if delivery.address else None
    if not isinstance(responder, Responder) or delivery.person is None or responder.person_id != delivery.person.pk:
        raise MailNotTaken(InboundMail.Reason.NOT_OPEN)
    words = " ".join(delivery.parsed.new_text.split())
    try:
        if YES.match(words):
            lineup.accept(responder, by=delivery.person, word=_rest(YES, words), via=Via.MAIL)
        elif NO.match(words):
            lineup.decline(responder, by=delivery.person, word=_rest(NO, words), via=Via.MAIL)
        else:
            _pass_on(responder, delivery)
    except TransitionRefused as error:
        raise MailNotTaken(InboundMail.Reason.NOT_OPEN) from error
    return responder


def _rest(said: re.Pattern[str], words: str) -> str:
    """What was said beyond yes or no: a word for the facilitator."""
    return said.sub("", words, count=1).lstrip(" .,;:!-")


def _pass_on(responder: Responder, delivery: Delivery) -> None:
    if responder.asked_by is None or not responder.asked_by.is_member or delivery.person is None:
        raise MailNotTaken(InboundMail.Reason.NOT_OPEN)
    subject = _("Answering “%(title)s” first") % {"title": responder.round.prompt.title}
    start_private_thread(by=delivery.person, to=responder.asked_by, subject=subject, **said_by_mail(delivery))


inbound.add(PREFIX, Door(answer_request, takes_files=True))
