"""Forms of circles."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.forms import time_zones
from discussions.circles.timetable import Meeting, in_force
from discussions.models import Circle, CircleCadence, Space
from discussions.prompts.forms import day_input
from discussions.spaces.forms import OPENNESS
from discussions.spaces.workflow import NAME_OF_OURS, may_be_called
from foundation.models import RoleLabel

PLACE_HELP = _("A link, a number to dial, a room. Only those who are in the circle see it, and no mail holds it.")


class CadenceForm(forms.ModelForm):
    """When a circle meets, and where."""

    place = forms.CharField(
        label=_("Where it meets"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text=PLACE_HELP
    )

    class Meta:
        model = CircleCadence
        fields = ["every", "unit", "starts_on", "at", "minutes", "time_zone"]
        widgets = {"starts_on": day_input(), "at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}
        help_texts = {
            "starts_on": _(
                "The others are counted from it: by weeks on the same weekday, by months from a first Monday to first Mondays."
            ),
        }
        labels = {"minutes": _("How many minutes")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"), choices=time_zones(), help_text=_("The hour stays the same there, whatever the clocks do.")
        )

    def cadence(self) -> dict[str, Any]:
        """What was said about when."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class CircleEditForm(CadenceForm):
    """The same for a circle that is there. The cadence in force stays as it is: another one follows it."""

    def __init__(self, *args: Any, circle: Circle, **kwargs: Any) -> None:
        now = in_force(circle)
        initial = {name: getattr(now, name) for name in self.Meta.fields}
        super().__init__(*args, initial=initial | {"place": circle.place}, **kwargs)


class CircleOpenForm(CadenceForm):
    """A circle that begins."""

    label = forms.ModelChoiceField(
        label=_("For whom"),
        queryset=RoleLabel.objects.none(),
        empty_label=_("Choose a role label"),
        help_text=_("One seat, one circle."),
    )
    name = forms.CharField(label=_("Name"), max_length=80)
    purpose = forms.CharField(
        label=_("What it is for"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("A sentence or two.")
    )
    openness = forms.ChoiceField(
        label=_("Who reads it"),
        choices=[(key, OPENNESS[key]) for key in (Space.Openness.CLOSED, Space.Openness.OPEN)],
        widget=forms.RadioSelect,
        initial=Space.Openness.CLOSED,
    )
    invites = forms.BooleanField(
        label=_("Invite everybody who has this label now"),
        required=False,
        initial=True,
        help_text=_("By mail, each of them once. You see on the circle's page whom you can invite later."),
    )

    def __init__(self, *args: Any, labels: QuerySet[RoleLabel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"].queryset = labels  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean_name(self) -> str:
        name: str = " ".join(self.cleaned_data["name"].split())
        if not may_be_called(name, Space.Openness.CLOSED):
            raise forms.ValidationError(NAME_OF_OURS)
        return name


class MeetingMoveForm(forms.Form):
    """Another moment for one meeting, by the circle's clock."""

    day = forms.DateField(label=_("On"), widget=day_input())
    at = forms.TimeField(label=_("At"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    words = forms.CharField(label=_("A word about it"), required=False, max_length=300)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        self.zone = ZoneInfo(str(meeting.starts.tzinfo))
        local = timezone.localtime(meeting.starts, self.zone)
        kwargs.setdefault("initial", {"day": local.date(), "at": local.time()})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "day" in data and "at" in data:
            data["to"] = datetime.combine(data["day"], data["at"], self.zone)
        return data


class WordsForm(forms.Form):
    """A word about a meeting that is called off."""

    words = forms.CharField(label=_("A word about it"), required=False, max_length=300)
