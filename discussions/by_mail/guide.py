"""What the help mail says of conversations: reading them, beginning them, and where the addresses for all else are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.addresses import Letter
from correspondence.digests.sections import Target
from correspondence.inbound.guide import Guide, Offer, guides
from correspondence.models import ReplyAddress
from discussions.by_mail.addresses import PRIVATE, READ, SPACE, address, of_oneself
from discussions.models import Space

if TYPE_CHECKING:
    from ambassadors.models import User


def reading(person: User) -> Iterator[Offer]:
    """What is new, and what the mails themselves offer."""
    yield Offer(
        _("What is new to you, and the spaces that you read. An empty mail will do."),
        Letter(address(of_oneself(person), READ), _("Read: what is new")),
    )
    yield Offer(_("Answer a mail about a conversation, and your words stand in it. Its last lines say who will read them."))
    yield Offer(
        _(
            "Each such mail also names the addresses to write to its author alone, to say thank you, to follow the conversation, to hear nothing more of it, and to have it mailed whole."
        )
    )


def beginning(person: User) -> Iterator[Offer]:
    """A private conversation, and one in each space where they may."""
    yield Offer(
        _("With one person or several, privately: put their names after “To:” in the first line."),
        Letter(address(of_oneself(person), PRIVATE), words=_("To:") + " \n\n"),
    )
    spaces = list(Space.objects.begun_in_by(person).order_by("kind", "name", "pk"))
    rows = ReplyAddress.objects.of_each(person, [Target(SPACE, Space, space.pk) for space in spaces])
    for space in spaces:
        line = (
            _("In “%(space)s”, for all ambassadors.")
            if space.openness == Space.Openness.OPEN
            else _("In “%(space)s”, for its people.")
        )
        yield Offer(line % {"space": space.name}, Letter(address(rows[Target(SPACE, Space, space.pk)], SPACE)))


guides.add("read", Guide(gettext_lazy("Read and answer"), 10, reading))
guides.add("begin", Guide(gettext_lazy("Begin a conversation: the subject of your mail becomes its subject"), 20, beginning))
