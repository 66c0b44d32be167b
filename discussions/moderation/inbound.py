"""An appeal by mail: an answer to the mail that told of the measure, from an address of the person."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from correspondence import addresses
from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.models import InboundMail
from discussions.models import Measure
from discussions.moderation import measures
from discussions.moderation.measure_emails import PREFIX
from foundation.models import Via
from foundation.owners import owner_of
from foundation.workflow import TransitionRefused

Reason = InboundMail.Reason


def appeal(delivery: Delivery) -> Measure:
    """Whoever was put out is no member, and can still be heard: the token and one of their own verified addresses speak for them."""
    mail = addresses.mail_of(delivery.token, PREFIX)
    measure = Measure.objects.filter(pk=mail.about.get("measure")).first() if mail else None
    if mail is None or measure is None:
        raise MailNotTaken(Reason.UNKNOWN_ADDRESS)
    if owner_of(delivery.parsed.sender) != measure.person_id:
        raise MailNotTaken(Reason.UNVERIFIED_SENDER)
    try:
        measures.appeal(measure, delivery.parsed.new_text, via=Via.MAIL)
    except ValidationError as error:
        raise MailNotTaken(Reason.EMPTY) from error
    except TransitionRefused as error:
        raise MailNotTaken(Reason.NOT_OPEN) from error
    return measure


inbound.add(PREFIX, Door(appeal, own_tokens=True))
