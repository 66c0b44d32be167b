"""What the pages of the site want of the support team: a second look when its day has come, and a decision on a draft."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.models import PageEdition
from foundation.desk import Chore, DeskCard, DeskItem, desk, house

if TYPE_CHECKING:
    from ambassadors.models import User

MOST = 5


@desk.register("pages to look at again", for_staff=True)
def pages_to_look_at_again(person: User) -> Iterator[DeskCard]:
    """Published texts past the day on which somebody wanted to look at them again, the oldest first."""
    due = PageEdition.objects.visible_to(person).due_for_review(timezone.localdate()).select_related("page")
    late = list(due.order_by("review_on", "pk")[: MOST + 1])
    if late:
        yield DeskCard(
            _("Look at these pages again"),
            _("Their day of review has come. Say that they are still right, or write what has changed."),
            reverse("admin:page-review", args=[late[0].page_id]),
            _("Begin with the first"),
            weight=1,
            due_at=datetime.combine(late[0].review_on or timezone.localdate(), time.min, timezone.get_current_timezone()),
            items=tuple(_line(edition, late[0]) for edition in late[:MOST]),
            more=len(late) - MOST if len(late) > MOST else 0,
        )


def _line(edition: PageEdition, oldest: PageEdition) -> DeskItem:
    """One of them, with its day unless the card says it already."""
    note = ""
    if edition.review_on and edition.review_on != oldest.review_on:
        note = _("due on %s") % date_format(edition.review_on, "j F Y")
    return DeskItem(edition.title, reverse("admin:page-review", args=[edition.page_id]), note)


def _drafts(person: User) -> QuerySet:
    return PageEdition.objects.visible_to(person).drafts()


def _drafts_card(number: int) -> DeskCard:
    return DeskCard(
        ngettext("%s draft of a page waits", "%s drafts of pages wait", number) % number,
        _("Read what would change, then publish it or throw it away."),
        reverse("admin:community_pageedition_changelist") + "?status__exact=draft",
        _("See the drafts"),
        weight=12,
    )


house.add("drafts of pages", Chore(_drafts, _drafts_card))
