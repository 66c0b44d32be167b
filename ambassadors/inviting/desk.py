"""What invitations lay on the desks of those who run them: wishes, and invitations that lapsed. Whoever nominated hears by their nomination."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.models import Invitation, InvitationWish
from foundation.desk import Chore, DeskCard, house

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
