"""What a digest tells of community reviews: each once when it opens, unless a mail told it, and once more before it closes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.slates.emails import in_words
from correspondence.digests.sections import SINCE, UNTIL, Item, Target, mailed, rows_section
from foundation.desk import NoteRow, noted
from products.models import CommunityReview, Opinion

if TYPE_CHECKING:
    from django.db.models import QuerySet

SOON = timedelta(days=3)
KIND = "community_review_opened"


def _opened(person: Any) -> QuerySet:
    """Those that opened within the span; and those whose last days began in it, to whoever has said nothing."""
    said = Opinion.objects.visible_to(person).filter(window=OuterRef("pk"), person=person.pk)
    windows = CommunityReview.objects.visible_to(person).open().filter(~Exists(said), edition__status="community review")
    windows = windows.annotate(soon=Greatest("opened_at", F("closes_at") - SOON))
    new = Q(opened_at__gt=SINCE, opened_at__lte=UNTIL) & ~Q(pk__in=mailed(person, "window", KIND))
    closing = Q(soon__gt=SINCE, soon__lte=UNTIL) & Q(soon__gt=F("opened_at"))
    return noted(windows.filter(new | closing), "windows", label="edition__title", word="edition__product__slug", at="closes_at")


def _item(row: NoteRow) -> Item:
    return Item(
        title=row.label,
        url=reverse("products:community-review-detail", args=[row.word]),
        note=_("open until %(when)s") % {"when": in_words(row.at)} if row.at else "",
        text=_("Every ambassador can speak before it is public. If you say nothing, that counts as assent."),
        answer=Target("opinion", CommunityReview, int(row.key)),
    )


rows_section("windows", title=gettext_lazy("Before it is public"), weight=32, rows=_opened, item=_item, kind=KIND)
