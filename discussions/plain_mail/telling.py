"""Who hears of a mail from outside that waits: the leaders of its space, and its sender where it surely came from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from ambassadors.models import User
from correspondence import outbox
from correspondence.inbound.authentication import passes_dmarc
from discussions.plain_mail.held import space_of
from discussions.spaces.joining import leaders_of
from foundation.owners import owner_of
from foundation.secrecy import keyed_hash

if TYPE_CHECKING:
    from correspondence.models import InboundMail
    from discussions.models import Space, Thread


def tell_of_held(mail: InboundMail) -> None:
    """Tell the leaders by mail, once a day and space: the others they find on their desk. Tell the sender, once a day."""
    space = space_of(mail)
    if space is None:
        return
    today = timezone.now().date().isoformat()
    for leader in keepers_of(space):
        outbox.post("space_mail_held", leader, key=f"space-mail-held:{space.pk}:{today}:{leader.pk}", space=space.pk)
    _tell_the_sender(mail, "space_mail_waits", f"space-mail-waits:{keyed_hash('space_mail_waits', mail.sender)[:32]}:{today}")


def tell_of_taking_in(mail: InboundMail, thread: Thread) -> None:
    """Tell the sender, once, that their words are read now."""
    _tell_the_sender(mail, "space_mail_taken_in", f"space-mail-taken-in:{mail.pk}", thread=thread.pk)


def keepers_of(space: Space) -> list[User]:
    """Who decides about its mail: its leaders, and of a topic without any those whose topics they are."""
    return leaders_of(space) or (list(User.objects.support_team()) if space.is_topic else [])


def _tell_the_sender(mail: InboundMail, kind: str, key: str, **about: Any) -> None:
    """Where nothing proves that it came from there, somebody else's mailbox would be filled with answers."""
    if not mail.raw or not passes_dmarc(mail.parsed()):
        return
    known = owner_of(mail.sender)
    person = User.objects.filter(pk=known, is_active=True).first() if known else None
    if outbox.post(kind, person, address=mail.sender, key=key, inbound=mail.pk, **about) is not None:
        mail.answered = True
        mail.save(update_fields=["answered"])
