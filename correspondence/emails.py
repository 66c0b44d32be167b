"""The mail that the outbox itself sends."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from correspondence import doors, due, waiting
from correspondence.addresses import in_answer_to
from correspondence.digests import emails as digests
from correspondence.health import emails as health
from correspondence.inbound.emails import mail_of
from correspondence.kinds import Kind, kinds
from correspondence.models import OutgoingMail

__all__ = ["digests", "doors", "health"]


def sample_of_waiting() -> dict[str, object]:
    """A digest of two lines."""
    return {
        "lines": [
            {"subject": "Maya asked about the energy audit", "url": "https://community.example.org/discussions/7/"},
            {"subject": "A reply in “Measuring what matters”", "url": ""},
        ]
    }


def letter_is_wanted(mail: OutgoingMail) -> bool:
    """While its reader is on the team and we still have the words."""
    return bool(mail.person and mail.person.is_staff) and mail_of(mail) is not None


def letter_context(mail: OutgoingMail) -> dict[str, Any]:
    """Who wrote what, read from the raw mail at this moment."""
    letter = mail_of(mail)
    assert letter is not None  # noqa: S101  asked just before
    parsed = letter.parsed()
    return {
        "sender": letter.sender,
        "subject_of_letter": parsed.subject,
        "words": parsed.text,
        "attachments": len(parsed.attachments),
        "message_id": parsed.message_id,
    }


def sample_of_letter() -> dict[str, Any]:
    """A member who lost her way."""
    return {
        "sender": "maya@people.example",
        "subject_of_letter": "My new phone",
        "words": "I have a new phone and no codes any more. Can you help?",
        "attachments": 1,
        "message_id": "",
    }


def letter_headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """The answer goes straight to who wrote."""
    return {"Reply-To": context["sender"]} | in_answer_to(context["message_id"])


kinds.add(
    "letter_to_team",
    Kind(
        name="letter_to_team",
        own_words=True,
        label=_("A letter to the support team"),
        context=letter_context,
        still_wanted=letter_is_wanted,
        sample=sample_of_letter,
        optional=False,
        headers=letter_headers,
        placeholders=("sender", "subject_of_letter", "words"),
        required=("words",),
    ),
)
kinds.add(
    "waiting",
    Kind(
        name="waiting",
        label=_("What waited for you"),
        description=_("Once a day, when more came for you than the day's limit lets through: one mail with a line about each."),
        context=waiting.context_of,
        still_wanted=waiting.drop_unwanted,
        sample=sample_of_waiting,
        gathers=True,
    ),
)
due.steps.add("what waited", waiting.post_digests)
