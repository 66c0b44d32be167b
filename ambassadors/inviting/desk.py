"""What invitations lay on desks: wishes and lapsed invitations for those who run them, good news for whoever nominated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.models import Invitation, InvitationWish
from foundation.desk import RECENT, Chore, DeskCard, DeskItem, desk, house

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User

LATELY = timedelta(days=30)


def _wishes(person: User) -> QuerySet:
    return InvitationWish.objects.visible_to(person).open()


def _wishes_card(number: int) -> DeskCard:
    return DeskCard(
        title=ngettext("%d wish about an invitation waits for an answer", "%d wishes about invitations wait for an answer", number)
        % number,
        text=_("A new link, another address, or a call before somebody decides."),
        url=reverse("admin:ambassadors_invitation_changelist"),
        action=_("Grant or refuse"),
        weight=0,
    )


def _lapsed(person: User) -> QuerySet:
    """Lapsed lately, of cases that still stand."""
    rows = Invitation.objects.visible_to(person).filter(status="expired", answered_at__gt=timezone.now() - LATELY)
    return rows.filter(nomination__status="approved")


def _lapsed_card(number: int) -> DeskCard:
    return DeskCard(
        title=ngettext("%d invitation is out of date", "%d invitations are out of date", number) % number,
        text=_("Nobody answered. Invite them again, or let it be: their seat has gone to the next."),
        url=reverse("admin:ambassadors_invitation_changelist") + "?status__exact=expired",
        action=_("Look at them"),
    )


house.add("wishes about invitations", Chore(_wishes, _wishes_card))
house.add("invitations out of date", Chore(_lapsed, _lapsed_card))


@desk.register("nominees who joined")
def nominees_who_joined(person: User) -> Iterator[DeskCard]:
    """For whoever put them forward, in their first two weeks."""
    new = list(_joined(person)) if getattr(person, "is_member", False) else []
    if not new:
        return
    names = [DeskItem(one.nomination.nominee.name, one.nomination.nominee.ambassador.get_absolute_url()) for one in new]
    yield DeskCard(
        title=_("Somebody you put forward has joined"),
        text=_("You know them best here. A line from you makes a good first day."),
        url=names[0].url,
        action=_("Look at their profile"),
        items=tuple(names),
        later=f"nominee-joined:{new[0].pk}",
    )


def _joined(person: User) -> QuerySet:
    mine = Invitation.objects.of_nominator(person)  # unscoped: of one's own nominees, whether they joined
    rows = mine.filter(status="accepted", answered_at__gt=timezone.now() - RECENT)
    rows = rows.filter(nomination__nominee__ambassador__status__in=["active", "paused"])
    return rows.select_related("nomination__nominee__ambassador").order_by("-answered_at", "-pk")[:5]
