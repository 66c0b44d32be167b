"""The form with which anybody asks for the Update, and the one with which its time is chosen."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ambassadors.models.user import known_time_zones
from foundation.open_form import OpenForm


class SubscribeForm(OpenForm):
    """One address."""

    address = forms.EmailField(
        label=_lazy("Your e-mail address"),
        help_text=_lazy("It gets the Update, and nothing else. Nobody else learns it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ScheduleForm(forms.Form):
    """A time on the clock of some place. What that clock skips in spring is refused; what it shows twice in autumn is the first."""

    at = forms.CharField(
        label=_lazy("Goes out"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_lazy("It begins within five minutes of this time."),
    )
    zone = forms.ChoiceField(label=_lazy("On the clock of"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = timezone.get_current_timezone_name()
        zone: Any = self.fields["zone"]
        zone.choices = [(name, name.replace("_", " ")) for name in sorted({*known_time_zones(), here})]
        zone.initial = self.initial["zone"] = self.initial.get("zone") or here

    def clean(self) -> dict[str, Any]:
        said, zone = self.cleaned_data.get("at", ""), self.cleaned_data.get("zone")
        if not said or not zone:
            return self.cleaned_data
        try:
            naive = parse_datetime(said)
        except ValueError:
            naive = None
        if naive is None or naive.tzinfo is not None:
            raise ValidationError({"at": _("Write day and time as 2026-03-05T09:30.")})
        at = naive.replace(tzinfo=zoneinfo.ZoneInfo(zone))
        if at.astimezone(zoneinfo.ZoneInfo("UTC")).astimezone(at.tzinfo).replace(tzinfo=None) != naive:
            raise ValidationError({"at": _("There is no such time that day: the clock is put forward over it.")})
        return {"at": at, "zone": zone}
