"""What those who lead a space do with mail from outside: take it in, or throw it away. Who leads it is asked at each press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.inbound.reading.headers import name_in
from correspondence.inbound.registry import Delivery, MailNotTaken
from correspondence.models import InboundMail
from discussions import signals
from discussions.attachments import attach, written
from discussions.inbound import PREFIXES, said_by_mail
from discussions.models import Follow, Post, Thread
from discussions.plain_mail.held import leads_its_space, space_of
from discussions.plain_mail.telling import tell_of_taking_in
from discussions.said import words_of
from discussions.spaces.workflow import hold
from foundation.logs import without_tokens
from foundation.models import Via
from foundation.uploads import only_kept_files
from foundation.workflow import Transition, TransitionRefused, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User
    from correspondence.inbound.parsing import ParsedMail
    from discussions.models import Space

Outcome = InboundMail.Outcome
WAITING = frozenset({Outcome.HELD})
TAKE_IN = Transition("took in a mail", WAITING, Outcome.POSTED, leads_its_space, gettext_lazy("Take it in"), field="outcome")
THROW_AWAY = Transition(
    "threw away a mail", WAITING, Outcome.DISCARDED, leads_its_space, gettext_lazy("Throw it away"), field="outcome"
)
NAME_ROOM = 120
SUBJECT_ROOM = 150


@only_kept_files()
@transaction.atomic
def take_in(mail: InboundMail, *, by: User, via: Via = Via.WEB) -> Thread:
    """Begin a conversation with the words of somebody outside, under their name, and tell them.

    Raises PermissionDenied when `by` does not lead its space, TransitionRefused when it waits no more, ValidationError when the space
    has ended or there are no words.
    """
    space = space_of(mail)
    if space is None:
        raise PermissionDenied(_("This is for those who lead the space."))
    held = hold(space)
    apply(TAKE_IN, mail, by=by, via=via)
    if held.has_ended:
        raise ValidationError(_("This space has ended: its conversations can be read, and nothing can be added."))
    if not mail.raw:
        raise TransitionRefused(_("Its words are no longer here."))
    thread = _begun(held, Delivery(mail, mail.parsed(), ""), by=by, via=via)
    tell_of_taking_in(mail, thread)
    mail.target = thread
    mail.save(update_fields=["target_type", "target_id"])
    return thread


@transaction.atomic
def throw_away(mail: InboundMail, *, by: User, via: Via = Via.WEB) -> None:
    """Throw it away, words included. Nobody is told."""
    apply(THROW_AWAY, mail, by=by, via=via, raw=None)


def written_by(parsed: ParsedMail) -> str:
    """The name under which a mail from outside is shown: the one it gives itself, or what stands before the @."""
    return (name_in(parsed.header("From")) or parsed.sender.partition("@")[0] or _("Somebody"))[:NAME_ROOM]


def _begun(space: Space, delivery: Delivery, *, by: User, via: Via) -> Thread:
    parsed, said = delivery.parsed, _said(delivery)
    subject = " ".join(PREFIXES.sub("", parsed.subject).split())[:SUBJECT_ROOM] or _("Without a subject")
    thread = Thread.objects.create(space=space, subject=subject, starter_name=written_by(parsed), last_number=1)
    record("took in a mail", thread, by=by, via=via)
    post = Post.objects.create(
        thread=thread,
        number=1,
        written_by=thread.starter_name,
        body=words_of(said["body"], is_rich=False),
        quoted=without_tokens(said["quoted"]),
        via=said["via"],
        message_id=said["message_id"][:255],
    )
    attach(written(said["files"], by=by), post)
    Follow.objects.begin(by.pk, thread.pk, space.pk)  # whoever let it in hears what is answered
    signals.post_added.send(Post, post=post, thread=thread)
    signals.thread_opened.send(Thread, thread=thread)
    return thread


def _said(delivery: Delivery) -> dict[str, Any]:
    try:
        return said_by_mail(delivery)
    except MailNotTaken as empty:
        raise ValidationError(_("There are no words in it.")) from empty
