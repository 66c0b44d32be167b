"""What answers by mail do in conversations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.models import InboundMail
from discussions import workflow
from discussions.models import Post, Thread
from discussions.words import to_plain
from foundation.models import Via

if TYPE_CHECKING:
    from ambassadors.models import User
    from correspondence.inbound.parsing import ParsedMail

Reason = InboundMail.Reason
AUTHOR = "author"  # a mail to this door of a post begins a private conversation with whoever wrote it
PREFIXES = re.compile(r"^(\s*(re|aw|sv|antw|r|tr|wg|fw|fwd|odp|vs|ref)\s*(\[\d+\])?\s*:\s*)+", re.IGNORECASE)


def answer_thread(delivery: Delivery) -> Model:
    """Post the mail's words into the thread of its reply address, in its person's name."""
    person, parsed = delivery.person, delivery.parsed
    thread = delivery.address.target if delivery.address else None
    if not isinstance(thread, Thread) or person is None:
        raise MailNotTaken(Reason.NOT_OPEN)
    if not delivery.confirmed:
        _hold_what_looks_wrong(parsed, thread, person)
    try:
        said: Model = workflow.say(
            thread,
            by=person,
            body=_with_word_of_attachments(parsed),
            via=Via.MAIL,
            quoted=parsed.folded_text,
            message_id=parsed.message_id,
        )
        return said
    except PermissionDenied as error:
        raise MailNotTaken(Reason.NOT_OPEN, why=str(error)) from error
    except workflow.PostNotTaken as error:
        raise MailNotTaken(Reason.NOT_OPEN, why=" ".join(error.messages)) from error
    except ValidationError as error:
        raise MailNotTaken(Reason.TOO_LARGE) from error


def write_to_author(delivery: Delivery) -> Thread:
    """Begin a private conversation with the author of the post that the mail's address names, and with nobody else."""
    person = delivery.person
    post = delivery.address.target if delivery.address else None
    readable = Post.objects.visible_to(person) if person is not None else Post.objects.none()
    if person is None or not isinstance(post, Post) or not readable.filter(pk=post.pk).exists():
        raise MailNotTaken(Reason.NOT_OPEN)
    if post.author is None or post.author == person:
        raise MailNotTaken(Reason.NOT_OPEN, why=_("There is nobody to write to: the author has left, or is you."))
    return begin_private_thread(delivery, to=post.author, subject=post.thread.subject)


def begin_private_thread(delivery: Delivery, *, to: User, subject: str) -> Thread:
    """Begin a private conversation with one person with the words of a mail; `subject` is what it is about where the mail does not say."""
    person, parsed = delivery.person, delivery.parsed
    assert person is not None  # noqa: S101  the doors that call this have found them
    subject, body = PREFIXES.sub("", parsed.subject) or subject, _with_word_of_attachments(parsed)
    try:
        return workflow.start_private_thread(by=person, to=to, subject=subject, body=body, via=Via.MAIL)
    except workflow.PostNotTaken as error:
        raise MailNotTaken(Reason.NOT_OPEN, why=error.messages[0]) from error
    except PermissionDenied as error:
        raise MailNotTaken(Reason.NOT_OPEN, why=str(error)) from error
    except ValidationError as error:
        raise MailNotTaken(Reason.TOO_LARGE) from error


def _hold_what_looks_wrong(parsed: ParsedMail, thread: Thread, person: User) -> None:
    """Ask before posting a new mail sent to an old address, or the same words twice (which a machine would send without end)."""
    if not parsed.references and bare_subject(parsed.subject) != bare_subject(thread.subject):
        raise MailNotTaken(Reason.OTHER_SUBJECT, held=True)
    last = Post.objects.visible_to(person).filter(thread=thread, author=person).order_by("-number").first()
    if last and last.via == Via.MAIL and _words(to_plain(last.body)) == _words(_with_word_of_attachments(parsed)):
        raise MailNotTaken(Reason.SAME_AGAIN, held=True)


def bare_subject(subject: str) -> str:
    """Return a subject without what mail programs put before it."""
    return _words(PREFIXES.sub("", subject))


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()


def _with_word_of_attachments(parsed: ParsedMail) -> str:
    """A mail brings words only: whoever reads them is told what came along and was left behind."""
    if not parsed.new_text and not parsed.attachments:
        raise MailNotTaken(Reason.EMPTY)
    if not parsed.attachments:
        return parsed.new_text
    left = {"number": len(parsed.attachments), "names": ", ".join(parsed.attachments[:10])}
    return f"{parsed.new_text}\n\n[{_('%(number)d attached, not carried over: %(names)s') % left}]"


inbound.add("reply", Door(answer_thread))
inbound.add(AUTHOR, Door(write_to_author))
