"""What answers by mail do in conversations."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.models import InboundMail
from discussions import workflow
from discussions.attachments import Attachment, attached_to
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
    said = said_by_mail(delivery)
    if not delivery.confirmed:
        _hold_what_looks_wrong(parsed, thread, person, said)
    try:
        made: Model = workflow.say(thread, by=person, **said)
        return made
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
    try:
        return workflow.start_private_thread(
            by=person, to=to, subject=PREFIXES.sub("", parsed.subject) or subject, **said_by_mail(delivery)
        )
    except workflow.PostNotTaken as error:
        raise MailNotTaken(Reason.NOT_OPEN, why=error.messages[0]) from error
    except PermissionDenied as error:
        raise MailNotTaken(Reason.NOT_OPEN, why=str(error)) from error
    except ValidationError as error:
        raise MailNotTaken(Reason.TOO_LARGE) from error


def _hold_what_looks_wrong(parsed: ParsedMail, thread: Thread, person: User, said: dict[str, Any]) -> None:
    """Ask before posting a new mail sent to an old address, or the same words twice (which a machine would send without end)."""
    if not parsed.references and bare_subject(parsed.subject) != bare_subject(thread.subject):
        raise MailNotTaken(Reason.OTHER_SUBJECT, held=True)
    last = Post.objects.visible_to(person).filter(thread=thread, author=person).order_by("-number").first()
    if last and last.via == Via.MAIL and _words(to_plain(last.body)) == _words(said["body"]) and _has_files(last, said["files"]):
        raise MailNotTaken(Reason.SAME_AGAIN, held=True)


def _has_files(post: Post, files: Sequence[Attachment]) -> bool:
    """Whether a post holds these files and no others."""
    brought = sorted(hashlib.sha256(one.file.content).hexdigest() for one in files)
    return sorted(attached_to(post).values_list("sha256", flat=True)) == brought


def bare_subject(subject: str) -> str:
    """Return a subject without what mail programs put before it."""
    return _words(PREFIXES.sub("", subject))


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()


def said_by_mail(delivery: Delivery) -> dict[str, Any]:
    """What a mail says, with its files and what it quotes, as all takes it that posts; readers are told what stayed behind.

    Raises MailNotTaken where it has no words. The door has to be one that `takes_files`.
    """
    things, parsed = delivery.brought, delivery.parsed
    if not things.words:
        raise MailNotTaken(Reason.EMPTY)
    left = {"number": len(things.left), "names": ", ".join(one.name for one in things.left[:10])}
    note = f"\n\n[{_('%(number)d attached, not carried over: %(names)s') % left}]" if things.left else ""
    return {
        "body": things.words + note,
        "files": [Attachment(one.file, one.alt) for one in things.files],
        "via": Via.MAIL,
        "quoted": parsed.folded_text,
        "message_id": parsed.message_id,
    }


inbound.add("reply", Door(answer_thread, takes_files=True))
inbound.add(AUTHOR, Door(write_to_author, takes_files=True))
