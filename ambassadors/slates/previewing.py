"""The mail about a slate as it will look, before there is any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ambassadors.models import Nomination, SlateEntry
from ambassadors.slates.emails import Shown, in_words, preview_context
from correspondence import rendering
from correspondence.kinds import kinds

if TYPE_CHECKING:
    from datetime import datetime

    from ambassadors.models import Slate, User
    from correspondence.rendering import Rendered


def preview(reader: User, slate: Slate, closes_at: datetime) -> Rendered:
    """Render it with those nominees whose cases the reader may read; a colleague opens a slate that has others on it."""
    entries = SlateEntry.objects.on_it().filter(slate=slate, nomination__in=Nomination.objects.led_by(reader))
    shown = [
        Shown(number, one.nomination.name, one.nomination.slate_text if slate.status == "draft" else one.text)
        for number, one in enumerate(entries.select_related("nomination").order_by("number"), start=1)
    ]
    kind = kinds["slate_opened"]
    links = {"unsubscribe_url": ""}
    return rendering.render(kind, rendering.everywhere(kind, reader) | links | preview_context(slate, shown, in_words(closes_at)))
