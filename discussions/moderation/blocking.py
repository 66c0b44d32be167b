"""Taking no private messages from somebody. In spaces the two read each other as before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from discussions.models import Block, Participant, Thread
from discussions.workflow import PostNotTaken, gates
from foundation.models import Via
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.models import User


@transaction.atomic
def block(person: User, *, by: User, via: Via = Via.WEB) -> None:
    """Take no private messages from `person` any more, and write them none."""
    if not by.is_member or person.pk == by.pk:
        raise PermissionDenied(f"{by} cannot block {person}")
    made, is_new = Block.objects.get_or_create(person=by, blocked=person)
    if is_new:
        record("blocked somebody's private messages", made, by=by, via=via)


@transaction.atomic
def unblock(person: User, *, by: User, via: Via = Via.WEB) -> None:
    """Take messages again."""
    for made in Block.objects.filter(person=by, blocked=person):
        record("unblocked somebody's private messages", made, by=by, via=via)
        made.delete()


def gate(thread: Thread, by: User) -> None:
    """Between the two of a private conversation nothing more is said. In one of several people the others still hear each other."""
    others = list(Participant.objects.filter(thread=thread).exclude(person=by).values_list("person", flat=True))
    if len(others) == 1 and Block.objects.between(by, others).exists():
        raise PostNotTaken(_("The two of you exchange no private messages at the moment."))


gates.add(Thread.Kind.PRIVATE, gate)
