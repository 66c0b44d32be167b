"""Which addresses of conversations somebody keeps: to read, to begin one privately, and one in each space where they may."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from correspondence.digests.sections import Target
from correspondence.own_addresses import Act, Keepable, own_addresses
from discussions.by_mail.addresses import PRIVATE, READ, SPACE
from discussions.models import Space

if TYPE_CHECKING:
    from ambassadors.models import User


def keepable_by(person: User) -> Iterator[Keepable]:
    """One query, however many spaces there are."""
    read = Act(READ, _("Read what is new: an empty mail brings it, and the spaces that you read."), _("What is new"))
    write = Act(
        PRIVATE, _("Write to one ambassador or several: put their names after “To:” in the first line."), _("Write privately")
    )
    yield Keepable(Target(PRIVATE, type(person), person.pk), (read, write))
    for space in Space.objects.begun_in_by(person).order_by("name", "pk"):
        text = _("Begin a conversation in “%(space)s”: the subject of your mail becomes its subject.") % {"space": space.name}
        yield Keepable(Target(SPACE, Space, space.pk), (Act(SPACE, text, space.name),))


own_addresses.add("conversations", keepable_by)
