"""The form in which somebody says what they need."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ambassadors.cleaning import clean_line
from discussions.models import Space
from foundation.fields import RichTextFormField, RichTextWidget
from foundation.models import Topic


class NeedForm(forms.Form):
    """What one needs, about which topic, and where it is asked."""

    subject = forms.CharField(label=_("I need…"), max_length=150, help_text=_("In a few words: a second pair of eyes on a survey."))
    topic = forms.ModelChoiceField(
        label=_("Topic"),
        queryset=Topic.objects.none(),
        empty_label=_("Choose a topic"),
        help_text=_("It goes to a few people who know about this, and are there."),
    )
    space = forms.ModelChoiceField(
        label=_("Space"),
        queryset=Space.objects.none(),
        empty_label=_("Choose a space"),
        help_text=_("Everybody who reads it can answer."),
    )
    body = RichTextFormField(label=_("What would help you"), widget=RichTextWidget({"rows": 6}))
    sent_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, spaces: QuerySet[Space], topics: QuerySet[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = spaces  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["topic"].queryset = topics  # type: ignore[attr-defined]  # likewise

    def clean_subject(self) -> str:
        return clean_line(self.cleaned_data["subject"])
