"""What we say about mail that was not simply done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from correspondence.addresses import at_our_domain, community_sender, in_answer_to, mailto, token_of
from correspondence.inbound.files import brought, left_files
from correspondence.inbound.reasons import SENTENCES, sentence
from correspondence.inbound.registry import door_of
from correspondence.kinds import Kind, kinds
from correspondence.models import InboundMail
from foundation.uploads import NOT_OURS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from correspondence.inbound.guide import Offer
    from correspondence.models import OutgoingMail

Outcome, Reason = InboundMail.Outcome, InboundMail.Reason
CONFIRM = "confirm"  # where an answer to "a mail of yours waits" goes
ENOUGH = 160
LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)


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
        "offers": tuple(hints_for(mail)) if notice.person is not None else (),
        "url": settings.SITE_URL + (mail.get_absolute_url() if _may_look(mail, notice) else "/"),
        "message_id": parsed.message_id,
    }


def hints_for(mail: InboundMail) -> Iterable[Offer]:
    """What its person can do instead, as the door has it that refused it."""
    door = door_of(mail.recipient)
    return door.hints(mail) if door is not None and mail.person is not None else ()


def _may_look(mail: InboundMail, notice: OutgoingMail) -> bool:
    return notice.person is not None and mail.person_id == notice.person.pk


def mail_held_is_wanted(notice: OutgoingMail) -> bool:
    """While it still waits."""
    mail = mail_of(notice)
    return mail is not None and mail.is_held


def mail_held_context(notice: OutgoingMail) -> dict[str, Any]:
    """Where it came from, how it begins and why it waits. More of its words stays on the page: somebody else may have written them."""
    mail = mail_of(notice)
    assert mail is not None  # noqa: S101  asked just before
    parsed = mail.parsed()
    return {
        "sender": mail.sender or _("an unreadable address"),
        "subject_of_mail": parsed.subject,
        "beginning": beginning_of(parsed.new_text),
        "reason": sentence(mail),
        "url": settings.SITE_URL + mail.get_absolute_url(),
        "is_again": bool(notice.about.get("again")),
        **_ways_to_answer(at_our_domain(f"{CONFIRM}+{token_of(notice, CONFIRM)}"), parsed.subject),
    }


def _ways_to_answer(address: str, subject: str) -> dict[str, str]:
    """Links that begin an answer with the word in it, for whoever presses rather than writes."""
    return {"answer_to": address, **{word: mailto(address, subject=subject[:100], body=word) for word in ("yes", "no")}}


def beginning_of(words: str) -> str:
    """Return enough to know one's own words by, on one line. A link in them leads nowhere: a stranger may have sent it."""
    line = " ".join(LINK.sub("[…]", words[:1000]).split())
    return line if len(line) <= ENOUGH else f"{line[:ENOUGH].rsplit(' ', 1)[0]} …"


def answerable(notice: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """An answer says yes or no, whichever address of the mail a program answers."""
    local_part, _at, _domain = context["answer_to"].partition("@")
    return {"From": community_sender(local_part), "Reply-To": context["answer_to"]}


def mail_files_left_is_wanted(notice: OutgoingMail) -> bool:
    """While the mail that brought them is one that was done."""
    mail = mail_of(notice)
    return mail is not None and mail.outcome == Outcome.POSTED


def mail_files_left_context(notice: OutgoingMail) -> dict[str, Any]:
    """What stays behind and why, looked at anew in the raw mail."""
    mail = mail_of(notice)
    assert mail is not None  # noqa: S101  asked just before
    parsed = mail.parsed()
    left = left_files(brought(parsed), words_only=bool(notice.about.get("words_only")))
    return {
        "subject_of_mail": parsed.subject,
        "files": [f"{one.name}: {one.why}" for one in left],
        "files_left": "\n".join(f"{one.name}: {one.why}" for one in left),
        "url": settings.SITE_URL + mail.address_of_made(),
        "message_id": parsed.message_id,
    }


def threaded(notice: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """Let a mail program show the words that came back below the mail they came from."""
    return in_answer_to(context["message_id"])


def mail_returned_sample() -> dict[str, Any]:
    """An answer to a closed conversation."""
    return {
        "subject_of_mail": "Re: Your question about the energy audit",
        "reason": str(SENTENCES[Reason.NOT_OPEN]),
        "words": "Yes please, send me the sheet.",
        "offers": (),
        "url": "https://community.example.org/",
        "message_id": "",
    }


def mail_files_left_sample() -> dict[str, Any]:
    """A drawing of a program that nobody else has."""
    told = f"hall.dwg: {NOT_OURS}"
    return {
        "subject_of_mail": "Re: Who has measured a hall like ours?",
        "files": [told],
        "files_left": told,
        "url": "https://community.example.org/discussions/12/hall/",
        "message_id": "",
    }


def mail_held_sample() -> dict[str, Any]:
    """A mail from an address nobody has verified."""
    return {
        "sender": "maya@elsewhere.example",
        "subject_of_mail": "Re: Your question about the energy audit",
        "beginning": "Yes please, send me the sheet.",
        "reason": str(SENTENCES[Reason.UNVERIFIED_SENDER]),
        "url": "https://community.example.org/mail/7/",
        "is_again": False,
        **_ways_to_answer("confirm+example@community.example.org", "Re: Your question about the energy audit"),
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
        headers=answerable,
        placeholders=("sender", "subject_of_mail", "beginning", "reason", "url"),
        required=("url",),
    ),
)
kinds.add(
    "mail_files_left",
    Kind(
        name="mail_files_left",
        label=_("Files that could not come along"),
        context=mail_files_left_context,
        sample=mail_files_left_sample,
        still_wanted=mail_files_left_is_wanted,
        optional=False,
        headers=threaded,
        placeholders=("subject_of_mail", "files_left", "url"),
        required=("files_left",),
    ),
)
