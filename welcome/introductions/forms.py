"""The form in which a host names two people, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.picking import PersonField
from welcome.models.introductions import REASON_ROOM

if TYPE_CHECKING:
    from ambassadors.models import User


class IntroductionForm(forms.Form):
    """Two people, and the words that both of them read."""

    one = PersonField(label=_("Who"))
    two = PersonField(label=_("And who"))
    reason = forms.CharField(
        label=_("Why these two"),
        max_length=REASON_ROOM,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "In your own words, to both. Each reads them when asked, and if both say yes they begin the conversation, with your name."
        ),
    )

    def __init__(self, *args: Any, host: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "two"):
            self.fields[name].reader = host  # type: ignore[attr-defined]  # a PersonField
