"""What an archive holds of mail that came in, and what erasing a person leaves of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from correspondence.models import InboundMail, ReplyAddress
from foundation.own_sections import addresses_of
from foundation.privacy_export import Record, Section, sections

if TYPE_CHECKING:
    from ambassadors.models import User


def mail_they_sent(person: User) -> Iterable[Record]:
    """The mails that came in their name, with the words while we have them."""
    for mail in InboundMail.objects.visible_to(person).order_by("pk").iterator(chunk_size=50):
        yield {
            "at": mail.received_at,
            "from": mail.sender,
            "outcome": mail.outcome,
            "words": mail.parsed().text if mail.raw else "",
        }


def forget_their_mail(person: User) -> None:
    """Mail and addresses go; what was posted is the conversation's."""
    addresses = addresses_of(person)
    InboundMail.objects.filter(Q(person=person) | Q(sender__in=addresses) | Q(envelope_sender__in=addresses)).delete()
    ReplyAddress.objects.filter(person=person).delete()


sections.add(
    "mail received from you",
    Section(
        _("Mail that came from you"),
        mail_they_sent,
        forget_their_mail,
        weight=32,
        models=("correspondence.InboundMail", "correspondence.ReplyAddress"),
        text=_("Mails that came in your name and what became of each; the words are there for 30 days."),
    ),
)
