"""Agreeing, with what exactly is agreed to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practice.querysets.benchmark import LEAST


def terms() -> list[str]:
    """Return the sentences that an organisation agrees to, one by one: they are kept with its consent."""
    return [
        _(
            "What you share: one number a principle, the mean of the answers that your results show of your last closed round, rounded to half a place of the scale."
        ),
        _("Nothing else: no name, no notes, no single answers, not how many people answered, and not that you take part."),
        _(
            "Your number is never shown by itself. Where %(least)s organisations or more share one, each of them sees, beside its own, the lower quartile, the middle and the upper quartile, rounded likewise: never the lowest or the highest number, and no order."
        )
        % {"least": LEAST},
        _(
            "You can take it back at any time: your numbers are forgotten at once. Figures that were worked out before stay as they are until they are worked out anew, and are shown no more as soon as fewer than %(least)s of their organisations agree."
        )
        % {"least": LEAST},
    ]


class AgreeForm(forms.Form):
    """One box, which nobody ticks beforehand."""

    agrees = forms.BooleanField(
        label=gettext_lazy("Our organisation shares these numbers"),
        error_messages={"required": gettext_lazy("Tick the box if your organisation wants to share its numbers.")},
    )
