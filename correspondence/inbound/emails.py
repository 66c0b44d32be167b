"""What we say about mail that was not simply done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from correspondence.inbound.reasons import SENTENCES, sentence
from correspondence.kinds import Kind, kinds
from correspondence.models import InboundMail

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail

Outcome, Reason = InboundMail.Outcome, InboundMail.Reason


def mail_of(notice: OutgoingMail) -> InboundMail | None:
    """Return the mail that a notice speaks of, while we have its words."""
    return InboundMail.objects.filter(pk=notice.about["inbound"], raw__isnull=False).first()


def mail_returned_is_wanted(notice: OutgoingMail) -> bool:
    """While we still have the words to give back."""
    mail = mail_of(notice)
    return mail is not None and mail.outcome == Outcome.REFUSED


def mail_returned_context(notice: OutgoingMail) -> dict[str, Any]:
    """The writer's own words, read from the raw mail at this moment."""
    mail = mail_of(notice)
    assert mail is not None  # noqa: S101  asked just before
    parsed = mail.parsed()
    return {
        "subject_of_mail": parsed.subject,
        "reason": sentence(mail),
        "words": parsed.text,
        "url": settings.SITE_URL + (mail.get_absolute_url() if _may_look(mail, notice) else "/"),
        "message_id": parsed.message_id,
    }


def _may_look(mail: InboundMail, notice: OutgoingMail) -> bool:
    return notice.person is not None and mail.person_id == notice.person.pk


def mail_held_is_wanted(notice: OutgoingMail) -> bool:
    """While it still waits."""
    mail = mail_of(notice)
    return mail is not None and mail.is_held


def mail_held_context(notice: OutgoingMail) -> dict[str, Any]:
    """Where it came from and why it waits. Its words stay on the page: somebody else may have written them."""
    mail = mail_of(notice)
    assert mail is not None  # noqa: S101  asked just before
    return {
        "sender": mail.sender or _("an unreadable address"),
        "reason": sentence(mail),
        "url": settings.SITE_URL + mail.get_absolute_url(),
    }


def threaded(notice: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """Let a mail program show the words that came back below the mail they came from."""
    message_id = context["message_id"]
    return {"In-Reply-To": message_id, "References": message_id} if message_id else {}


def mail_returned_sample() -> dict[str, Any]:
    """An answer to a closed conversation."""
    return {
        "subject_of_mail": "Re: Your question about the energy audit",
        "reason": str(SENTENCES[Reason.NOT_OPEN]),
        "words": "Yes please, send me the sheet.",
        "url": "https://community.example.org/",
        "message_id": "",
    }


def mail_held_sample() -> dict[str, Any]:
    """A mail from an address nobody has verified."""
    return {
        "sender": "maya@elsewhere.example",
        "reason": str(SENTENCES[Reason.UNVERIFIED_SENDER]),
        "url": "https://community.example.org/mail/7/",
    }


kinds.add(
    "mail_returned",
    Kind(
        name="mail_returned",
        label=_("Your mail comes back"),
        context=mail_returned_context,
        sample=mail_returned_sample,
        still_wanted=mail_returned_is_wanted,
        optional=False,
        even_inactive=True,
        headers=threaded,
        placeholders=("subject_of_mail", "reason", "words", "url"),
        required=("reason", "words"),
    ),
)
kinds.add(
    "mail_held",
    Kind(
        name="mail_held",
        label=_("A mail waits for your word"),
        context=mail_held_context,
        sample=mail_held_sample,
        still_wanted=mail_held_is_wanted,
        optional=False,
        placeholders=("sender", "reason", "url"),
        required=("url",),
    ),
)
