"""What conversations lay on a person's desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from correspondence.models import InboundMail
from discussions.models import Participant, Thread
from foundation.desk import DeskCard, desk

if TYPE_CHECKING:
    from ambassadors.models import User

CARDS = 3


@desk.register("private threads")
def unread_threads(person: User) -> Iterable[DeskCard]:
    """The latest conversations with something the person has not read."""
    name = Case(When(person__is_credited=True, then="person__name"), default=Value(_("a former member")))
    others = Participant.objects.exclude(person=person).filter(thread=OuterRef("pk"))  # unscoped: of threads that the person sees
    names_of = ArraySubquery(others.order_by("pk").values(shown=name))
    threads: Any = Thread.objects.visible_to(person).unread_by(person).annotate(names=names_of).newest_first()
    for thread in threads[:CARDS]:
        names = ", ".join(thread.names)
        yield DeskCard(
            title=thread.subject,
            text=_("%(names)s wrote to you.") % {"names": names} if names else "",
            url=thread.get_absolute_url(),
            action=_("Read it"),
            weight=8,
        )


@desk.register("held mail")
def held_mail(person: User) -> Iterable[DeskCard]:
    """Mail that came in the person's name and waits for their word."""
    count = InboundMail.objects.visible_to(person).held().count()
    if count:
        yield DeskCard(
            title=_("A mail waits for your word"),
            text=_("It came to an address of yours, and we were not sure that you wrote it."),
            url=reverse("inbound:mail-list"),
            action=_("Look at it"),
            weight=5,
        )
