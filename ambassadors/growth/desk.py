"""Milestones that wait for the support team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.models import Milestone
from foundation.desk import Chore, DeskCard, house

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User


def _drafts(person: User) -> QuerySet:
    return Milestone.objects.visible_to(person).drafts()


def _card(number: int) -> DeskCard:
    return DeskCard(
        title=ngettext("%d milestone was reached", "%d milestones were reached", number) % number,
        text=_("Put it into your words and publish it, or leave it out. Nobody sees it before."),
        url=reverse("admin:ambassadors_milestone_changelist") + "?status__exact=draft",
        action=_("Look at it"),
    )


house.add("milestones", Chore(_drafts, _card))
