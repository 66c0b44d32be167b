"""Beginning a conversation by mail: in a space, or privately with those whom its first lines name."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from correspondence import outbox
from correspondence.inbound.guide import Offer
from correspondence.inbound.registry import Delivery, MailNotTaken
from correspondence.models import InboundMail
from discussions import workflow
from discussions.by_mail import naming
from discussions.inbound import PREFIXES, said_by_mail
from discussions.models import SEATS, Post, Space, Thread
from discussions.words import to_plain
from foundation.models import Via

if TYPE_CHECKING:
    from collections.abc import Callable

    from ambassadors.models import User

Reason = InboundMail.Reason
LONGEST_SUBJECT = 150
FROM_WORDS = 80  # letters of the words, where a mail has no subject of its own
AGAIN = timedelta(days=1)


def begin_in_space(delivery: Delivery) -> Thread:
    """Begin a conversation in the space of the address."""
    space = delivery.address.target if delivery.address else None
    if delivery.person is None or not isinstance(space, Space):
        raise MailNotTaken(Reason.NOT_OPEN)
    return begin_in(space, delivery, by=delivery.person)


def begin_in(space: Space, delivery: Delivery, *, by: User) -> Thread:
    """Begin a conversation in a space: the mail's subject is its subject, its words the first post."""
    said, subject = said_by_mail(delivery), _subject(delivery)
    if not subject:
        raise MailNotTaken(
            Reason.NOT_CLEAR, why=_("It has no subject. That becomes the subject of the conversation: please give it one.")
        )
    _hold_if_again(delivery, by, subject, said["body"])
    thread = _begun(lambda: workflow.start_thread(space, by=by, subject=subject, **_whole(subject, said)))
    return _told(delivery, thread)


def begin_privately(delivery: Delivery) -> Thread:
    """Begin a private conversation with those whom the first lines name, or the subject; when one of them is unclear, with nobody."""
    person = delivery.person
    if person is None or delivery.address is None or delivery.address.target != person:
        raise MailNotTaken(Reason.NOT_OPEN)
    said, subject = said_by_mail(delivery), _subject(delivery)
    addressed = naming.addressed(subject, said["body"])
    if not addressed.words.strip():
        raise MailNotTaken(Reason.EMPTY)
    to, *also = _people(person, addressed)
    subject = addressed.subject or Truncator(" ".join(addressed.words.split())).chars(FROM_WORDS)
    said["body"] = addressed.words
    _hold_if_again(delivery, person, subject, addressed.words)
    thread = _begun(lambda: workflow.start_private_thread(by=person, to=to, also=also, subject=subject, **_whole(subject, said)))
    return _told(delivery, thread)


def _people(person: User, addressed: naming.Addressed) -> list[User]:
    if not addressed.names:
        raise MailNotTaken(
            Reason.NOT_CLEAR, why=_("It does not say whom it is for. Put their names into its first line, after “To:”.")
        )
    if len(addressed.names) >= SEATS:
        raise MailNotTaken(Reason.NOT_CLEAR, why=_("A private conversation has room for eight people, you included."))
    found = [naming.meant(person, name) for name in addressed.names]
    for one in found:
        if one.person is None:
            raise MailNotTaken(Reason.NOT_CLEAR, why=one.why)
    return list(dict.fromkeys(one.person for one in found if one.person is not None))


def whom_it_could_mean(mail: InboundMail) -> list[Offer]:
    """For words that came back because a name was unclear: each who could be meant, with the same mail begun anew for them."""
    if mail.person is None or mail.address is None or mail.reason != Reason.NOT_CLEAR:
        return []
    parsed = mail.parsed()
    addressed = naming.addressed(PREFIXES.sub("", parsed.subject).strip(), parsed.new_text)
    return naming.offers(mail.person, addressed)


def _begun(begin: Callable[[], Thread]) -> Thread:
    try:
        return begin()
    except workflow.PostNotTaken as error:
        raise MailNotTaken(Reason.NOT_OPEN, why=" ".join(error.messages)) from error
    except PermissionDenied as error:
        raise MailNotTaken(Reason.NOT_OPEN, why=str(error)) from error
    except ValidationError as error:
        raise MailNotTaken(Reason.TOO_LARGE) from error


def _subject(delivery: Delivery) -> str:
    return " ".join(PREFIXES.sub("", delivery.parsed.subject).split())


def _whole(subject: str, said: dict[str, Any]) -> dict[str, Any]:
    """A subject that is longer than any may be is said in full above the words."""
    return said if len(subject) <= LONGEST_SUBJECT else said | {"body": f"{subject}\n\n{said['body']}"}


def _hold_if_again(delivery: Delivery, person: User, subject: str, words: str) -> None:
    """Ask before the same is begun twice: by a press too many, or by a program."""
    lately = Thread.objects.visible_to(person).filter(started_by=person, started_at__gte=timezone.now() - AGAIN)
    twins = lately.filter(subject=subject[:LONGEST_SUBJECT]).values("pk")
    first = Post.objects.visible_to(person).filter(thread__in=twins, number=1, via=Via.MAIL)
    if not delivery.confirmed and any(to_plain(post.body).split() == words.split() for post in first):
        raise MailNotTaken(Reason.SAME_AGAIN, held=True)


def _told(delivery: Delivery, thread: Thread) -> Thread:
    """Say to whoever began it that it stands there, and who reads it."""
    outbox.post(
        "begun_by_mail",
        delivery.person,
        key=f"begun-by-mail:{delivery.mail.pk}",
        thread=thread.pk,
        answers=delivery.parsed.message_id,
    )
    return thread
