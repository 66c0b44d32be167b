"""What happens to a message from outside: asked > open > answered | closed, and open again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from community.models import ContactMessage
from community.stories.rules import is_support
from correspondence import outbox
from foundation import tokens
from foundation.models import Token, Via
from foundation.workflow import Transition, anybody, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

S = ContactMessage.Status
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FLOOD = 30  # messages an hour from which on each newcomer is asked to prove themselves
MAILED_A_DAY = 100  # messages that the team is mailed; the others lie on the desk
CONFIRMED_A_DAY = 50  # mails that we send to addresses which a stranger typed
UNCONFIRMED_KEPT, SETTLED_KEPT = timedelta(days=7), timedelta(days=180)

CONFIRM = Transition("confirmed", frozenset({S.ASKED}), S.OPEN, anybody)
ANSWER = Transition("answered", frozenset({S.OPEN}), S.ANSWERED, is_support, _lazy("Answer"))
CLOSE = Transition("closed", frozenset({S.OPEN}), S.CLOSED, is_support, _lazy("Close without an answer from here"))
REOPEN = Transition("opened again", frozenset({S.ANSWERED, S.CLOSED}), S.OPEN, is_support, _lazy("Open again"))
CONFIRM_LINK = tokens.Purpose("contact", lifetime=UNCONFIRMED_KEPT, alive=lambda token: _is_asked(token.subject))


class TooManyMails(Exception):
    """No further mail goes to an address that a stranger typed today."""


def is_known(nonce: str) -> bool:
    """Whether the message of this page is here already."""
    return ContactMessage.objects.filter(nonce=nonce).exists()


def is_flooded() -> bool:
    """Whether so much comes in that newcomers are asked to prove themselves."""
    return ContactMessage.objects.lately(HOUR).count() >= FLOOD


@transaction.atomic
def take(*, nonce: str, **fields: Any) -> ContactMessage:
    """Store a message and tell the team. The same page's message is taken once."""
    message, is_new = ContactMessage.objects.get_or_create(nonce=nonce, defaults=fields)
    if is_new:
        record("received", message, by=None)
        _tell_the_team(message)
    return message


@transaction.atomic
def take_unconfirmed(*, nonce: str, **fields: Any) -> ContactMessage:
    """Store a message that the team gets once its writer pressed the button behind a mailed link.

    Raises TooManyMails when that address had one today already, or too many others had: nobody floods a mailbox through us.
    """
    todays = ContactMessage.objects.lately(DAY).exclude(nonce=nonce).filter(confirmation_asked=True)
    if todays.count() >= CONFIRMED_A_DAY or todays.filter(address__iexact=fields["address"]).exists():
        raise TooManyMails
    message, is_new = ContactMessage.objects.get_or_create(
        nonce=nonce, defaults=fields | {"status": S.ASKED, "confirmation_asked": True}
    )
    if is_new:
        record("received, to be confirmed", message, by=None)
        link = tokens.issue(CONFIRM_LINK, subject=message, address=message.address)
        outbox.post("contact_confirm", None, key=f"contact-confirm:{message.pk}", address=message.address, token=link.pk)
    return message


@transaction.atomic
def confirm(token: Token) -> None:
    """Pass on a message whose writer has confirmed it, once."""
    message = token.subject
    assert isinstance(message, ContactMessage)  # noqa: S101  the purpose issues no other
    tokens.redeem(token, by=None)
    apply(CONFIRM, message, by=None)
    _tell_the_team(message)


@transaction.atomic
def answer(message: ContactMessage, *, by: User, words: str, via: Via = Via.WEB) -> None:
    """Answer by mail, from the community's address; what the writer answers to that comes to the team."""
    if not words.strip():
        raise ValidationError(_("There are no words in it yet."))
    apply(ANSWER, message, by=by, via=via, answer=words.strip(), settled_at=timezone.now())
    key = f"contact-answer:{message.pk}:{timezone.now():%Y%m%d%H%M%S%f}"
    outbox.post("contact_answer", None, key=key, address=message.address, message=message.pk)


def close(message: ContactMessage, *, by: User, via: Via = Via.WEB) -> None:
    """Put away what needs no answer, or was answered from somebody's own mailbox."""
    apply(CLOSE, message, by=by, via=via, settled_at=timezone.now())


def reopen(message: ContactMessage, *, by: User, via: Via = Via.WEB) -> None:
    """Put it back on the desk."""
    apply(REOPEN, message, by=by, via=via, settled_at=None)


def purge() -> int:
    """Forget what was never confirmed, and what was settled long ago; return how many."""
    now = timezone.now()
    unconfirmed = ContactMessage.objects.filter(status=S.ASKED, received_at__lt=now - UNCONFIRMED_KEPT)
    settled = ContactMessage.objects.filter(status__in=[S.ANSWERED, S.CLOSED], settled_at__lt=now - SETTLED_KEPT)
    return unconfirmed.delete()[0] + settled.delete()[0]


MOVES: dict[str, tuple[Transition, Any]] = {"answer": (ANSWER, answer), "close": (CLOSE, close), "reopen": (REOPEN, reopen)}


def _tell_the_team(message: ContactMessage) -> None:
    """Mail whom it is for, when that is somebody of the support team, else all of it. A flood lies on the desk without mail."""
    if ContactMessage.objects.lately(DAY).count() > MAILED_A_DAY:
        return
    team = get_user_model().objects.filter(is_staff=True, is_active=True)
    chosen = team.filter(pk=message.to.user_id) if message.to else team.none()
    readers = chosen if chosen.exists() else team
    outbox.post_many(
        "contact_message", readers.values_list("pk", flat=True), key=f"contact-message:{message.pk}", message=message.pk
    )


def _is_asked(message: Any) -> bool:
    return isinstance(message, ContactMessage) and message.status == S.ASKED
