"""Prompts on the facilitator's morning page: which rounds lack people who answer first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from discussions.models import PromptRound
from discussions.morning import MOST, Line, Part, Source, morning, one_page
from discussions.prompts.desk import LINE_UP_DAYS

if TYPE_CHECKING:
    from ambassadors.models import User


def part(reader: User) -> Part | None:
    """The rounds of the next days in the reader's spaces with too few who agreed, and those that wait for a word."""
    rounds = PromptRound.objects.led_by(reader).to_line_up(timezone.now() + LINE_UP_DAYS)
    lines, has_more = one_page(
        [_line(one) for one in rounds.select_related("prompt__space").order_by("opens_at", "pk")[: MOST + 1]]
    )
    return Part(
        gettext_lazy("Prompts to line up"),
        gettext_lazy("Every prompt of the next days has people who will answer first."),
        lines,
        text=gettext_lazy("Ask two to five people beforehand, so that nobody who comes meets an empty room."),
        url=reverse("discussions:prompt-list"),
        action=gettext_lazy("All prompts"),
        has_more=has_more,
    )


def _line(one: PromptRound) -> Line:
    lacking = max(0, one.prompt.minimum - getattr(one, "willing", 0))
    is_held = one.status == PromptRound.Status.HELD
    short = ngettext("%d more needed", "%d more needed", lacking) % lacking
    return Line(
        one.prompt.title,
        one.get_absolute_url(),
        str(one.prompt.space),
        _("did not open, and waits for you") if is_held else short,
        one.opens_at,
        pressing=is_held,
    )


morning.add("prompts", Source(part, weight=30))
