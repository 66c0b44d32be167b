"""Who sits in a private thread: who can be written to, adding one later, leaving."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import OuterRef
from django.db.models.functions import Cast, JSONObject
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from ambassadors.models import User
from ambassadors.picking import can_be_named
from correspondence import outbox
from discussions.acts import thread_facts
from discussions.models import SEATS, Block, Follow, Participant, Thread
from discussions.threads.lines import shown_name
from foundation.models import HistoryEntry, Via
from foundation.moments import When, when
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.querysets import AmbassadorQuerySet

ADDED, LEFT = "added to a private thread", "left a private thread"


def can_be_written_to(reader: User) -> AmbassadorQuerySet:
    """Active members whom the reader finds, beside themselves."""
    found: AmbassadorQuerySet = can_be_named(reader).exclude(user=reader)
    return found


@transaction.atomic
def add_people(thread: Thread, people: Iterable[User], *, by: User, via: Via = Via.WEB) -> list[User]:
    """Give people a seat in a private thread; return those who had none. Everybody in it is told, and they read what was said before.

    Raises PermissionDenied when `by` does not sit in it or somebody is no member, ValidationError when there are not seats enough.
    """
    seats = _seats(thread, by)
    new = [one for one in dict.fromkeys(people) if one.pk not in seats.values()]
    if not all(one.is_member for one in new):
        raise PermissionDenied(_("A private message goes from one active member to another."))
    if Block.objects.between(by, new).exists():
        raise ValidationError(_("You and one of them exchange no private messages at the moment."))
    free = [seat for seat in range(1, SEATS + 1) if seat not in seats]
    if len(new) > len(free):
        raise ValidationError(_("A private conversation has room for eight people, you included."))
    for one, seat in zip(new, free, strict=False):
        participant = Participant.objects.create(thread=thread, person=one, seat=seat)
        entry = record(ADDED, thread, by=by, about=one, via=via)
        for other in User.objects.filter(pk__in=Participant.objects.filter(thread=thread).values("person")).exclude(pk=by.pk):
            key = f"conversation-grew:{entry.pk}:{other.pk}"
            outbox.post("conversation_grew", other, key=key, participant=participant.pk, by=by.pk)
    return new


@transaction.atomic
def leave(thread: Thread, *, by: User, via: Via = Via.WEB) -> None:
    """Give up one's seat in a private thread: what one said stays with the others, and one reads no more of it."""
    _seats(thread, by)
    Participant.objects.filter(thread=thread, person=by).delete()
    Follow.objects.filter(thread=thread, person=by).delete()
    record(LEFT, thread, by=by, about=by, via=via)


def _seats(thread: Thread, by: User) -> dict[int, int]:
    # Two people who are added at once queue here, so that each gets a seat of their own, and the ninth none.
    held = Thread.objects.private_to(by).select_for_update(no_key=True, of=("self",)).filter(pk=thread.pk).first()
    if held is None:
        raise PermissionDenied(_("Only those who take part in a private conversation can do this."))
    return dict(Participant.objects.filter(thread=thread).values_list("seat", "person"))


class Coming(NamedTuple):
    """Somebody was added to a thread, or left it."""

    text: str
    at: When


@thread_facts.register("comings")
def _comings(reader: Any) -> ArraySubquery:
    """What the history of a private thread says of those who came and went: for those who sit in it."""
    lines = HistoryEntry.objects.filter(
        target_type__app_label="discussions",
        target_type__model="thread",
        target_id=Cast(OuterRef("pk"), models.CharField()),
        verb__in=[ADDED, LEFT],
    )
    who = {f"{role}_{name}": f"{role}__{name}" for role in ("actor", "about") for name in ("name", "is_credited")}
    return ArraySubquery(lines.order_by("at", "pk").values(line=JSONObject(verb="verb", moment="at", **who)))


def comings_of(thread: Thread) -> list[Coming]:
    """Say them, in order."""
    return [_said(line) for line in getattr(thread, "comings", [])]


def _said(line: dict[str, Any]) -> Coming:
    actor, about = (shown_name(line[f"{role}_name"], line[f"{role}_is_credited"]) for role in ("actor", "about"))
    moment = parse_datetime(line["moment"])
    assert isinstance(moment, datetime)  # noqa: S101  the database wrote it
    if line["verb"] == LEFT:
        return Coming(_("%(name)s left") % {"name": about}, when(moment))
    return Coming(_("%(name)s was added by %(by)s, and can read what was said before") % {"name": about, "by": actor}, when(moment))
