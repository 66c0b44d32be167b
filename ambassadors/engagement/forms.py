from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.cleaning import clean_line
from ambassadors.models import EngagementAsk, EngagementOffer, EngagementRequest

A = EngagementAsk.Answer


class OfferForm(forms.ModelForm):
    """How one way of taking part is offered."""

    class Meta:
        model = EngagementOffer
        fields = ["frequency", "note", "paused_from", "paused_until", "audience"]
        widgets = {
            "paused_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "paused_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean_note(self) -> str:
        return clean_line(self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("paused_from"), self.cleaned_data.get("paused_until")
        if since and until and until <= since:
            self.add_error("paused_until", _("This is not after the day on which your pause begins."))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """What was chosen, field by field."""
        return {name: self.cleaned_data[name] for name in self.fields}


class AnswerForm(forms.Form):
    """What somebody answers to a request."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(answer.value, answer.label) for answer in (A.YES, A.NOT_NOW, A.SOMEBODY_ELSE)],
        widget=forms.RadioSelect,
    )
    word = forms.CharField(
        label=_("A word to go with it"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The support team reads it. If somebody else may do it, say who."),
    )


class RequestForm(forms.ModelForm):
    """What the support team asks of some of those who offered it."""

    class Meta:
        model = EngagementRequest
        fields = ["subject", "body", "needed_by"]
        widgets = {"needed_by": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def clean_subject(self) -> str:
        return clean_line(self.cleaned_data["subject"])
