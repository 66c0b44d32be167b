from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.models import SlateAnswer
from ambassadors.models.nomination import WORDS_ROOM
from ambassadors.slates.answers import Said

if TYPE_CHECKING:
    from collections.abc import Mapping

A = SlateAnswer.Answer


class SayForm(forms.Form):
    """What one says of one nominee, which may be nothing."""

    answer = forms.ChoiceField(choices=A.choices, required=False, label=_("Your answer"))
    concern = forms.CharField(
        required=False, max_length=WORDS_ROOM, label=_("Your concern"), widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict[str, str]:
        said: dict[str, str] = self.cleaned_data
        if said.get("answer") == A.CONCERN and not said.get("concern", "").strip() and "concern" not in self.errors:
            self.add_error("concern", _("A few words tell the vetting leads what to look into."))
        return said

    def said(self) -> Said | None:
        """Return what was said; None for nothing. Words without the choice of a concern stay with their writer."""
        answer = self.cleaned_data.get("answer", "")
        return Said(answer, self.cleaned_data["concern"] if answer == A.CONCERN else "") if answer else None


def form_for(number: int, before: SlateAnswer | None, data: Mapping[str, str] | None) -> SayForm:
    """The form about the nominee with this number, with what one said before."""
    initial = {"answer": before.answer, "concern": before.concern.text if before.concern else ""} if before else {}
    return SayForm(data, initial=initial, prefix=str(number))
