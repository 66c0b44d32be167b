"""An answer by mail to a question that was passed on: it goes to the other side, and no name with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.models import InboundMail
from foundation.models import Via
from foundation.workflow import TransitionRefused
from products.models import Review
from products.reviewing import link
from products.reviewing.relay import workflow

if TYPE_CHECKING:
    from django.db.models import Model

Reason = InboundMail.Reason


def pass_on(delivery: Delivery) -> Model:
    """Pass the mail's words to the other side of its review, or send them back with the reason."""
    review, person = delivery.address.target if delivery.address else None, delivery.person
    if not isinstance(review, Review) or person is None:
        raise MailNotTaken(Reason.NOT_OPEN)
    words = delivery.parsed.new_text
    if not words.strip():
        raise MailNotTaken(Reason.EMPTY)
    try:
        return workflow.pass_on(review, by=person, words=words, via=Via.MAIL)
    except (TransitionRefused, PermissionDenied) as over:
        raise MailNotTaken(Reason.NOT_OPEN, why=_("Reviewers and authors no longer ask each other about this text.")) from over
    except ValidationError as refused:
        raise MailNotTaken(Reason.NOT_CLEAR, why=" ".join(refused.messages)[:300]) from refused


inbound.add(link.RELAY, Door(pass_on, is_unlisted=True))
