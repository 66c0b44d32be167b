"""Mail to the plain address of a space: it begins a conversation, or waits for its writer's word, or for that of the leaders."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from correspondence.inbound.authentication import fails_dmarc, passes_dmarc
from correspondence.inbound.helping import asks_for_help, send_help
from correspondence.inbound.registry import Delivery, Door, MailNotTaken, keepers, named, split_recipient
from correspondence.models import InboundMail
from discussions import rules, workflow
from discussions.by_mail.beginning import begin_in
from discussions.inbound import said_by_mail
from discussions.models import Post, Space, Thread
from discussions.plain_mail.addresses import slug_in
from discussions.plain_mail.held import is_full
from discussions.plain_mail.telling import tell_of_held

if TYPE_CHECKING:
    from ambassadors.models import User
    from correspondence.inbound.parsing import ParsedMail

Outcome, Reason = InboundMail.Outcome, InboundMail.Reason
MOST_REFERENCES = 20
OURS = re.compile(r"<(post|thread)-(\d{1,17})@([^<>@\s]+)>")


def find_space(name: str) -> Door | None:
    """Return the door of the space whose name stands before the @."""
    return DOOR if Space.objects.filter(slug=slug_in(name)).exists() else None


def space_at(delivery: Delivery) -> Space:
    """The space of the address that the mail went to."""
    space: Space = Space.objects.get(slug=slug_in(split_recipient(delivery.mail.recipient)[0]))
    return space


def is_unknown_to(delivery: Delivery) -> bool:
    """Of a hidden space nobody outside learns by mail that it is there; one that has ended takes nothing from strangers."""
    space, person = space_at(delivery), delivery.person
    if person is None:
        return space.openness == Space.Openness.HIDDEN or space.has_ended
    return not Space.objects.visible_to(person).filter(pk=space.pk).exists()


def take(delivery: Delivery) -> Post | Thread | None:
    """Begin a conversation in the name of a member who may begin one there, once it is sure that the mail is theirs."""
    space, person = space_at(delivery), delivery.person
    if space.has_ended:
        raise MailNotTaken(Reason.NOT_OPEN, why=_("This space has ended: its conversations can be read, and nothing can be added."))
    if person is None or not rules.may_start(person, space):
        raise _kept_for_leaders(delivery, space)
    if not delivery.confirmed and not passes_dmarc(delivery.parsed):
        raise MailNotTaken(Reason.FAILED_CHECKS if fails_dmarc(delivery.parsed) else Reason.NOT_PROVEN, held=True)
    if asks_for_help(delivery.parsed):
        send_help(delivery)
        return None
    return _answered(delivery, space, person) or begin_in(space, delivery, by=person)


def _kept_for_leaders(delivery: Delivery, space: Space) -> MailNotTaken:
    """What becomes of a mail from somebody who begins no conversations there. It is nobody's own from now on: From alone is forgeable."""
    delivery.mail.person = None
    if not is_full(space, delivery.mail.sender):
        return MailNotTaken(Reason.FROM_OUTSIDE, held=True, target=space)
    # Whoever surely wrote it has their words back; the others may be people whose address somebody else has used.
    outcome = Outcome.REFUSED if passes_dmarc(delivery.parsed) else Outcome.IGNORED
    why = _("So much mail to this address waits for its readers already that it takes no more today. Please try again tomorrow.")
    return MailNotTaken(Reason.TOO_MANY, why=why, outcome=outcome)


def _answered(delivery: Delivery, space: Space, person: User) -> Post | None:
    """Post it into the conversation of this space that it answers, where there is one: sent to its own address as well, it is there once."""
    parsed = delivery.parsed
    thread = _thread_answered(parsed, space, person)
    if thread is None:
        return None
    there: Post | None = Post.objects.filter(thread=thread, author=person, message_id=parsed.message_id[:255]).first()
    if there is not None and parsed.message_id:
        return there
    try:
        return workflow.reply(thread, by=person, **said_by_mail(delivery))
    except PermissionDenied as error:
        raise MailNotTaken(Reason.NOT_OPEN, why=str(error)) from error
    except ValidationError as error:
        raise MailNotTaken(Reason.NOT_OPEN, why=" ".join(error.messages)) from error


def _thread_answered(parsed: ParsedMail, space: Space, person: User) -> Thread | None:
    """The conversation of this space whose mail it answers, the nearest first."""
    threads = Thread.objects.visible_to(person).filter(space=space, merged_into=None)
    for reference in reversed(parsed.references[-MOST_REFERENCES:]):
        ours = OURS.fullmatch(reference)
        if ours and ours[3].lower() == settings.MAIL_DOMAIN.lower():
            found: Thread | None = threads.filter(**{"pk" if ours[1] == "thread" else "posts__pk": ours[2]}).first()
            if found is not None:
                return found
    return None


DOOR = Door(take, by_sender=True, takes_files=True, is_unknown_to=is_unknown_to)
named.add("spaces", find_space)
keepers.add("discussions.space", tell_of_held)
