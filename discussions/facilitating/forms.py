"""Forms of facilitators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from discussions.facilitating.nudging import AT_ONCE

if TYPE_CHECKING:
    from django.db.models import QuerySet


class NudgeForm(forms.Form):
    """Whom to ask for their view, and a word to go with it."""

    people: Any = forms.ModelMultipleChoiceField(
        queryset=None, label=_("Whom would you like to hear?"), error_messages={"required": _("Choose at least one person.")}
    )
    words = forms.CharField(
        label=_("A word of yours"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Why their view would help. Each gets it by a mail of their own."),
    )

    def __init__(self, data: Any = None, *, quiet: QuerySet[Any]) -> None:
        super().__init__(data)
        people: Any = self.fields["people"]
        people.queryset = quiet

    def clean_people(self) -> Any:
        """Not a circular: a few at a time."""
        people = self.cleaned_data["people"]
        if len(people) > AT_ONCE:
            raise forms.ValidationError(
                ngettext_lazy("Ask at most %(most)d person at a time.", "Ask at most %(most)d people at a time.", AT_ONCE)
                % {"most": AT_ONCE}
            )
        return people
