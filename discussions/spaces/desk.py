"""What spaces lay on a person's desk: what they are asked, what they decide, and what is to end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discussions.models import Space, SpaceRequest
from foundation.desk import Chore, DeskCard, Note, NoteRow, house, noted, notes
from foundation.prepared import Late

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User

CARDS = 3


def _invitations(person: Any) -> QuerySet:
    asked = SpaceRequest.objects.visible_to(person).waiting().filter(person=person.pk, is_invitation=True)
    return noted(asked.filter(space__status="active"), "space invitation", label="space__name", word="space__slug", most=CARDS)


def _invitation_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("You are invited to “%(space)s”") % {"space": row.label},
        text=_("Read what it is for, and say yes or no."),
        url=reverse("discussions:space-detail", args=[row.word]),
        action=_("Look at it"),
        weight=9,
    )


def _requests(person: Any) -> QuerySet:
    led = Space.objects.visible_to(person).led_by(person).active()
    asked = SpaceRequest.objects.visible_to(person).waiting().filter(is_invitation=False, space__in=led.values("pk"))
    return noted(asked.order_by("created_at"), "space request", label="space__name", word="space__slug", most=CARDS)


def _request_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("Somebody would like to join “%(space)s”") % {"space": row.label},
        text=_("You lead it: let them in, or say no with a word."),
        url=reverse("discussions:space-detail", args=[row.word]) + "#requests",
        action=_("Answer"),
        weight=6,
    )


def _over(person: Any) -> QuerySet:
    led = Space.objects.visible_to(person).led_by(person).active().filter(ends_on__lte=Late(timezone.localdate))
    return noted(led.order_by("ends_on"), "space over", label="name", word="slug", most=CARDS)


def _over_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("“%(space)s” was to end by now") % {"space": row.label},
        text=_("Say in a few sentences what came of it, or give it more time."),
        url=reverse("discussions:space-end", args=[row.word]),
        action=_("End it"),
        weight=7,
    )


def _without_leader(person: User) -> QuerySet:
    found: QuerySet = Space.objects.visible_to(person).without_leader().order_by(F("name"))
    return found


def _without_leader_card(number: int) -> DeskCard:
    said = ngettext("%d micro-community has no leader", "%d micro-communities have no leader", number) % number
    text = _("Their people have been asked. If nobody takes one on, ask somebody to lead it.")
    return DeskCard(
        title=said, text=text, url=reverse("admin:discussions_space_changelist") + "?leader=none", action=_("Look at them")
    )


notes.add("space invitation", Note(_invitations, _invitation_card))
notes.add("space request", Note(_requests, _request_card))
notes.add("space over", Note(_over, _over_card))
house.add("spaces without a leader", Chore(_without_leader, _without_leader_card))
