"""Mail to a space from outside: what waits there for whoever leads it now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils import timezone

from correspondence.models import InboundMail
from correspondence.querysets_inbound import InboundMailQuerySet
from discussions import rules
from discussions.models import Space

if TYPE_CHECKING:
    from ambassadors.models import User

A_DAY = timedelta(days=1)
OF_ONE_SENDER = 3
OF_ONE_SPACE = 30


def waiting_for(reader: Any) -> InboundMailQuerySet:
    """The mails that wait for those who lead a space, as far as `reader` leads it now. Nobody else reads them, staff included."""
    led = Space.objects.visible_to(reader).led_by(reader).annotate(key=Cast("pk", CharField()))
    return from_outside().held().filter(target_id__in=led.values("key"))


def waiting_in(space: Space) -> InboundMailQuerySet:
    """The mails that wait in one space, the oldest first."""
    return from_outside().held().filter(target_id=str(space.pk)).order_by("received_at", "pk")


def is_full(space: Space, sender: str) -> bool:
    """Whether no more is kept today: a flood at an address that everybody can know would bury what matters."""
    lately = from_outside().filter(target_id=str(space.pk), received_at__gte=timezone.now() - A_DAY)
    return lately.count() >= OF_ONE_SPACE or lately.filter(sender=sender).count() >= OF_ONE_SENDER


def from_outside() -> InboundMailQuerySet:
    """The mails that were kept for the leaders of some space, whatever became of them but for those taken in."""
    of_spaces = {"target_type__app_label": "discussions", "target_type__model": "space"}
    rows: InboundMailQuerySet = InboundMail.objects.filter(person=None, reason=InboundMail.Reason.FROM_OUTSIDE, **of_spaces)
    return rows


def space_of(mail: InboundMail) -> Space | None:
    """The space that a mail waits in; None for any other mail."""
    space = mail.target
    return space if isinstance(space, Space) and mail.person_id is None else None


def leads_its_space(user: User | None, mail: InboundMail) -> bool:
    """Whether `user` leads the space that the mail waits in, at this moment."""
    return rules.leads(user, space_of(mail))
