"""An answer by mail to a request for a review: a yes, a no, or a comment on the whole. A verdict is never guessed from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from correspondence import outbox
from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.models import InboundMail
from foundation.models import Via
from foundation.workflow import TransitionRefused
from products.models import Review
from products.reviewing import link, secrecy, workflow
from products.reviewing.by_mail.words import Read, Says, read, unsigned

if TYPE_CHECKING:
    from django.db.models import Model

    from ambassadors.models import User

Reason = InboundMail.Reason


def answer_review(delivery: Delivery) -> Model:
    """Do what the mail says, and confirm it; whatever cannot be done goes back with the reason."""
    review, person = delivery.address.target if delivery.address else None, delivery.person
    if not isinstance(review, Review) or person is None or review.reviewer_id != person.pk:
        raise MailNotTaken(Reason.NOT_OPEN)
    if review.status == Review.Status.SUBMITTED:
        raise MailNotTaken(Reason.NOT_OPEN, why=_("Your review is in, and stays as it is."))
    if not link.is_alive(review):
        raise MailNotTaken(Reason.NOT_OPEN, why=_("This review is not waited for any more."))
    if not delivery.parsed.new_text.strip():
        raise MailNotTaken(Reason.EMPTY)
    try:
        _do(review, read(delivery.parsed.new_text), by=person, key=delivery.mail.pk)
    except (TransitionRefused, PermissionDenied) as over:
        raise MailNotTaken(Reason.NOT_OPEN, why=_("This review is not waited for any more.")) from over
    except ValidationError as refused:
        raise MailNotTaken(Reason.TOO_LARGE) from refused
    return review


def _do(review: Review, said: Read, *, by: User, key: int) -> None:
    if said.says is Says.NO:
        workflow.decline(review, by=by, words=said.words, via=Via.MAIL)
    elif said.says is Says.YES and review.status == Review.Status.INVITED:
        workflow.accept(review, by=by, via=Via.MAIL)
    if said.words and said.says is not Says.NO:
        words = unsigned(said.words, secrecy.names_of([by])) if review.round.is_anonymous else said.words
        workflow.comment(review, by=by, words=words, via=Via.MAIL)
    noted = "no" if said.says is Says.NO else "words" if said.words else "yes"
    outbox.post("review_noted", by, key=f"review-noted:{key}", review=review.pk, said=noted)


inbound.add(link.DOOR, Door(answer_review, is_unlisted=True))
