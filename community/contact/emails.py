"""The mails about what came through the contact form."""

from __future__ import annotations

from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.contact.workflow import CONFIRM_LINK
from community.models import ContactMessage
from correspondence.kinds import Kind, kinds
from correspondence.models import OutgoingMail
from foundation import tokens
from foundation.models import Token


def message_of(mail: OutgoingMail) -> ContactMessage | None:
    """The message that the mail speaks of, while we have it."""
    return ContactMessage.objects.filter(pk=mail.about["message"]).select_related("to").first()


def is_still_open(mail: OutgoingMail) -> bool:
    """While its reader is on the team, and nobody has settled it."""
    message = message_of(mail)
    return bool(mail.person and mail.person.is_staff) and message is not None and message.status == ContactMessage.Status.OPEN


def message_context(mail: OutgoingMail) -> dict[str, Any]:
    """Who wrote what, and where it is answered."""
    message = message_of(mail)
    assert message is not None  # noqa: S101  asked just before
    url = settings.SITE_URL + reverse("admin:community_contactmessage_change", args=[message.pk])
    return {
        "name": message.name,
        "sender": message.address,
        "subject_of_letter": message.subject,
        "words": message.words,
        "url": url,
    }


def message_headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """An answer to this mail goes straight to who wrote, from one's own mailbox."""
    return {"Reply-To": formataddr((context["name"], context["sender"]))}


def sample_of_message() -> dict[str, Any]:
    """A teacher who heard of the community."""
    return {
        "name": "Noor Haddad",
        "sender": "noor@people.example",
        "subject_of_letter": "May our school use your questions?",
        "words": "A colleague showed me your questions on listening to families. May we use them in our own survey?",
        "url": "https://community.example.org/admin/",
    }


def is_answered(mail: OutgoingMail) -> bool:
    """While the answer stands: a message that was opened again has none to send."""
    message = message_of(mail)
    return message is not None and message.status == ContactMessage.Status.ANSWERED


def answer_context(mail: OutgoingMail) -> dict[str, Any]:
    """The answer, above what it answers."""
    message = message_of(mail)
    assert message is not None  # noqa: S101  asked just before
    return {"name": message.name, "subject_of_letter": message.subject, "words": message.words, "answer": message.answer}


def sample_of_answer() -> dict[str, Any]:
    """The answer to her."""
    return {key: text for key, text in sample_of_message().items() if key != "url"} | {
        "answer": "Gladly. All we ask is that you tell us what your families said."
    }


def is_still_asked(mail: OutgoingMail) -> bool:
    """While the link opens anything."""
    token = _token_of(mail)
    return token is not None and token.used_at is None and token.withdrawn_at is None and CONFIRM_LINK.alive(token)


def confirm_context(mail: OutgoingMail) -> dict[str, Any]:
    """The link, and not a word of the message: a stranger may have typed this address."""
    token = _token_of(mail)
    assert token is not None  # noqa: S101  asked just before
    return {"url": settings.SITE_URL + reverse("community:contact-confirm", args=[tokens.text_of(token)])}


def sample_of_confirm() -> dict[str, Any]:
    """A link that opens nothing."""
    return {"url": "https://community.example.org/contact/confirm/example/"}


def _token_of(mail: OutgoingMail) -> Token | None:
    return Token.objects.filter(pk=mail.about["token"]).first()


kinds.add(
    "contact_message",
    Kind(
        name="contact_message",
        own_words=True,
        label=_("A message from the contact form"),
        context=message_context,
        still_wanted=is_still_open,
        sample=sample_of_message,
        optional=False,
        headers=message_headers,
        placeholders=("name", "sender", "subject_of_letter", "words", "url"),
        required=("words",),
    ),
)
kinds.add(
    "contact_answer",
    Kind(
        name="contact_answer",
        own_words=True,
        label=_("The answer to a message from the contact form"),
        context=answer_context,
        still_wanted=is_answered,
        sample=sample_of_answer,
        optional=False,
        placeholders=("name", "subject_of_letter", "words", "answer"),
        required=("answer",),
    ),
)
kinds.add(
    "contact_confirm",
    Kind(
        name="contact_confirm",
        label=_("Did you write to us? (contact form)"),
        context=confirm_context,
        still_wanted=is_still_asked,
        sample=sample_of_confirm,
        optional=False,
        placeholders=("url",),
        required=("url",),
    ),
)
