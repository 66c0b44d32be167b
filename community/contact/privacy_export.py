"""What the contact form keeps of people who have an account: what they wrote from one of their addresses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _

from community.models import ContactMessage
from foundation.privacy_export import Record, Section, sections

if TYPE_CHECKING:
    from ambassadors.models import User
    from community.contact.querysets import ContactMessageQuerySet


def _theirs(person: User) -> ContactMessageQuerySet:
    addresses = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    found: ContactMessageQuerySet = ContactMessage.objects.filter(address__in=[person.email, *addresses])
    return found


def what_they_wrote(person: User) -> Iterable[Record]:
    """Their messages with the answers."""
    for message in _theirs(person).order_by("pk"):
        yield {"at": message.received_at, "subject": message.subject, "words": message.words, "answer": message.answer}


def forget_what_they_wrote(person: User) -> None:
    """The messages go, with their answers."""
    _theirs(person).delete()


sections.add(
    "contact",
    Section(
        _("What you wrote through the contact form"), what_they_wrote, forget_what_they_wrote, models=("community.ContactMessage",)
    ),
)
