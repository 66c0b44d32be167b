"""What matching lays on the support team's desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.desk import Chore, DeskCard, house
from welcome.buddies import matching
from welcome.models import BuddyMatch

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User


def _suggested(person: User) -> QuerySet:
    return BuddyMatch.objects.visible_to(person).filter(status="proposed")


def _suggested_card(number: int) -> DeskCard:
    return DeskCard(
        title=ngettext("%d buddy is suggested for a newcomer", "%d buddies are suggested for newcomers", number) % number,
        text=_("Each with the reasons that speak for it, and who else would do. A press of a button confirms one."),
        url=reverse("admin:welcome_buddymatch_changelist"),
        action=_("Look at them"),
        weight=5,
    )


def _unmatched(person: User) -> QuerySet:
    return matching.waiting()


def _unmatched_card(number: int) -> DeskCard:
    return DeskCard(
        title=ngettext("%d newcomer has no buddy", "%d newcomers have no buddy", number) % number,
        text=_("Nobody in the pool suits them today. You can choose by hand, or ask somebody to join the pool."),
        url=reverse("admin:welcome_buddymatch_changelist"),
        action=_("See why"),
        weight=4,
    )


house.add("suggested buddies", Chore(_suggested, _suggested_card))
house.add("newcomers without a buddy", Chore(_unmatched, _unmatched_card))
