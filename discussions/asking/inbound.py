"""What answers by mail do to questions: `question+…` answers one, `update+…` tells how it went."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model

from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.models import InboundMail
from discussions import workflow
from discussions.asking import questions
from discussions.asking.emails import ANSWERS, UPDATES
from discussions.inbound import said_by_mail
from discussions.models import Question
from discussions.words import LONGEST, rich_from_plain

Reason = InboundMail.Reason


def answer_question(delivery: Delivery) -> Model:
    """Post the mail as the answer to its question, in its person's name."""
    question, person = _question_of(delivery), delivery.person
    if person is None:
        raise MailNotTaken(Reason.NOT_OPEN)
    said = said_by_mail(delivery)
    html = rich_from_plain(said.pop("body"))
    try:
        (post,) = questions.answer([(question, html)], by=person, **said)
    except PermissionDenied as error:
        raise MailNotTaken(Reason.NOT_OPEN) from error
    except workflow.PostNotTaken as error:
        raise MailNotTaken(Reason.NOT_OPEN) from error
    except ValidationError as error:
        raise MailNotTaken(Reason.TOO_LARGE if len(html) > LONGEST else Reason.NOT_OPEN) from error
    return post


def append_update(delivery: Delivery) -> Model:
    """Append how it went, below the answer it speaks of."""
    question, person = _question_of(delivery), delivery.person
    if person is None:
        raise MailNotTaken(Reason.NOT_OPEN)
    try:
        return workflow.reply(question.session.thread, by=person, answers=question.answer, **said_by_mail(delivery))
    except (PermissionDenied, workflow.PostNotTaken) as error:
        raise MailNotTaken(Reason.NOT_OPEN) from error
    except ValidationError as error:
        raise MailNotTaken(Reason.TOO_LARGE) from error


def _question_of(delivery: Delivery) -> Question:
    target = delivery.address.target if delivery.address else None
    if not isinstance(target, Question) or delivery.person is None:
        raise MailNotTaken(Reason.NOT_OPEN)
    found: Question | None = Question.objects.visible_to(delivery.person).with_cast().filter(pk=target.pk).first()
    if found is None:
        raise MailNotTaken(Reason.NOT_OPEN)
    return found


inbound.add(ANSWERS, Door(answer_question, takes_files=True))
inbound.add(UPDATES, Door(append_update, takes_files=True))
