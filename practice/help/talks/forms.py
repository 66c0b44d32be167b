from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.cleaning import clean_line
from ambassadors.forms import time_zones
from practice.models import InstrumentItem, LearningSession, Talk, TalkVolunteer
from practice.models.talk import MOST_TIMES
from practice.sessions.forms import ModuleChoice

TIMES = tuple(f"time_{number}" for number in range(1, MOST_TIMES + 1))


class TimesForm(forms.Form):
    """Up to three times to begin, in a zone. `cleaned_data["times"]` are those that were filled in."""

    time_zone = forms.ChoiceField(label=_("Your time zone"))

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["time_zone"]
        field.choices, field.initial = [(zone, zone), *time_zones()], zone
        for number, name in enumerate(TIMES, start=1):
            widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
            label = _("A time to begin") if number == 1 else _("Another time")
            self.fields[name] = forms.DateTimeField(label=label, widget=widget, required=number == 1)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        zone = ZoneInfo(said.get("time_zone") or "UTC")
        said["times"] = [self._there(said[name], zone) for name in TIMES if said.get(name)]
        for name in TIMES:
            if said.get(name) and self._there(said[name], zone) <= timezone.now():
                self.add_error(name, _("This time is over: choose one to come."))
        return said

    def _there(self, typed: datetime, zone: ZoneInfo) -> datetime:
        """What was typed is the clock of that zone, and not of the one in which the page is read."""
        return timezone.make_naive(typed).replace(tzinfo=zone)


class TalkForm(TimesForm):
    """What is shared, and when. Nothing is ticked for anybody."""

    words = forms.CharField(
        label=_("What you would like to talk about"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The volunteer reads it as you write it."),
    )
    shares_organization = forms.BooleanField(label=_("the name of my organisation"), required=False)
    shares_person = forms.BooleanField(label=_("my name and my e-mail address"), required=False)
    modules = ModuleChoice(
        label=_("the results of these modules, as they are today"),
        required=False,
        help_text=_("The middle of each proof point and how far you agree; nothing of what too few have answered, and no notes."),
    )
    field_order = ("words", "shares_organization", "shares_person", "modules", "time_zone", *TIMES)

    def __init__(self, session: LearningSession, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["modules"].queryset = InstrumentItem.objects.filter(pk__in=session.modules.values("pk"))  # type: ignore[attr-defined]  # unscoped: of their own session
        self.order_fields(self.field_order)


class WhereForm(forms.ModelForm):
    """How the two meet, which the volunteer says."""

    class Meta:
        model = Talk
        fields = ["where"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"].required = True

    def clean_where(self) -> str:
        return clean_line(self.cleaned_data["where"])


class OtherTimesForm(TimesForm):
    """Other times; from the volunteer with how one meets."""

    where = forms.CharField(
        label=_("How you meet"), max_length=300, help_text=_("A link or a number to call. Only the two of you read it.")
    )

    def __init__(self, *args: Any, is_volunteer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_volunteer:
            del self.fields["where"]
        self.order_fields((*TIMES, "time_zone", "where"))


class VolunteerForm(forms.ModelForm):
    """Whether one gives half an hour, how often, and what is shown of one."""

    class Meta:
        model = TalkVolunteer
        fields = ["words", "most_a_month", "shows_profile"]
