"""What a digest tells of the site's news."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy

from community.models import NewsItem
from correspondence.digests.sections import SINCE, UNTIL, Item, rows_section
from foundation.desk import NoteRow, noted

if TYPE_CHECKING:
    from django.db.models import QuerySet

SEP = "\x1f"


def _published(person: Any) -> QuerySet:
    """News that came out within the span; drafts are nobody's news, the support team's neither."""
    out = NewsItem.objects.visible_to(person).out().filter(publish_at__gt=SINCE, publish_at__lte=UNTIL)
    line = Concat("slug", Value(SEP), F("lead"), output_field=CharField())
    return noted(out.annotate(line=line).order_by("-publish_at", "-pk"), "published", label="title", word="line")


def _published_item(row: NoteRow) -> Item:
    slug, _sep, lead = row.word.partition(SEP)
    return Item(title=row.label, url=reverse("community:news-detail", args=[slug]), text=lead)


rows_section("published", title=gettext_lazy("Published"), weight=50, rows=_published, item=_published_item)
