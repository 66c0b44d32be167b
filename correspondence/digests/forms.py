"""What somebody chooses of their digest."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from correspondence import preferences
from correspondence.digests.posting import KIND, begin_again
from correspondence.models import DigestChoice

OFF = "off"
HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
DAYS = [(day, str(day)) for day in range(1, 32)]


class DigestForm(forms.ModelForm):
    """How often, when and how much. Off is the switch that the kind of mail has anyway."""

    frequency = forms.ChoiceField(
        label=_("How often"), choices=[*DigestChoice.Frequency.choices, (OFF, _("never"))], widget=forms.RadioSelect
    )
    weekday = forms.TypedChoiceField(
        label=_("Day of the week"), choices=DigestChoice.Weekday.choices, coerce=int, help_text=_("For one that comes once a week.")
    )
    day = forms.TypedChoiceField(
        label=_("Day of the month"),
        choices=DAYS,
        coerce=int,
        help_text=_("For one that comes once a month. In a shorter month it comes on the last day."),
    )
    hour = forms.TypedChoiceField(label=_("Hour"), choices=HOURS, coerce=int)
    amount = forms.ChoiceField(label=_("How much of each thing"), choices=DigestChoice.Amount.choices, widget=forms.RadioSelect)

    class Meta:
        model = DigestChoice
        fields = ("frequency", "weekday", "day", "hour", "amount")

    def __init__(self, data: Any = None, *, instance: DigestChoice) -> None:
        super().__init__(data, instance=instance)
        self.before = instance.frequency
        self.fields["hour"].help_text = _("Where you are: %(zone)s.") % {"zone": instance.person.time_zone.replace("_", " ")}
        if not preferences.wants(instance.person, KIND):
            self.initial["frequency"] = OFF

    def clean_frequency(self) -> str:
        """Off leaves how often it came as it was."""
        self.is_wanted = self.cleaned_data["frequency"] != OFF
        return str(self.cleaned_data["frequency"]) if self.is_wanted else self.before

    @transaction.atomic
    def save(self, commit: bool = True) -> DigestChoice:
        """Keep the choice, and compute its next moment."""
        choice: DigestChoice = super().save(commit=False)
        preferences.choose(choice.person, KIND, wanted=self.is_wanted)
        return begin_again(choice)
