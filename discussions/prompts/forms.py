"""Forms of prompts."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ambassadors.cleaning import clean_line
from ambassadors.forms import time_zones
from ambassadors.picking import PeopleInput
from discussions.models import FollowUp, Prompt, PromptBreak, PromptRound, PromptWish, Space
from foundation.fields import RichTextFormField, RichTextWidget


def day_input() -> forms.DateInput:
    """A day, chosen with the browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def person_called(name: str, people: QuerySet[Any]) -> Any:
    """Return the one of `people` that a name means: the whole name, enough of it, or the address of the profile; raises ValidationError."""
    name = clean_line(name)
    found = list(people.filter(Q(name__unaccent__iexact=name) | Q(ambassador__slug=name))[:2])
    if len(found) != 1:
        found = list(people.filter(name__unaccent__icontains=name)[:2])
    if not found:
        raise ValidationError(_("Nobody of that name can answer here, and is there just now."))
    if len(found) > 1:
        raise ValidationError(_("Several people are called so: write the whole name."))
    return found[0]


class PromptForm(forms.ModelForm):
    """A series: what is asked, and when."""

    class Meta:
        model = Prompt
        fields = ["title", "text", "every", "unit", "starts_on", "at", "time_zone", "private_hours", "minimum", "reach"]
        widgets = {
            "text": RichTextWidget({"rows": 5}),
            "starts_on": day_input(),
            "at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        help_texts = {
            "starts_on": _("The others are counted from it. With the same weekday, a first Monday is followed by first Mondays."),
            "reach": "",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = self.fields["time_zone"].label
        self.fields["time_zone"] = forms.ChoiceField(
            label=label, choices=time_zones(), help_text=_("The hour stays the same there, whatever the clocks do.")
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("unit") == Prompt.Unit.WEEKDAYS and given.get("every", 1) != 1:
            self.add_error("every", _("Weekdays come one after the other: leave 1 here, or choose days or weeks."))
        return given

    def clean_title(self) -> str:
        return clean_line(self.cleaned_data["title"])

    def values(self) -> dict[str, Any]:
        """What was said, field by field."""
        return {name: self.cleaned_data[name] for name in self.fields}


class PromptStartForm(PromptForm):
    """The beginning of a series, in a space that one leads."""

    space = forms.ModelChoiceField(label=_("Space"), queryset=Space.objects.none(), empty_label=_("Choose a space"))

    field_order = ("space",)

    def __init__(self, *args: Any, spaces: QuerySet[Space], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = spaces  # type: ignore[attr-defined]  # a ModelChoiceField


class BreakForm(forms.ModelForm):
    """Days on which a series rests."""

    class Meta:
        model = PromptBreak
        fields = ["first_day", "last_day", "name"]
        widgets = {"first_day": day_input(), "last_day": day_input()}

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first_day"), self.cleaned_data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("It would end before it begins."))
        return self.cleaned_data


class WishForm(forms.ModelForm):
    """What one person wants of a series."""

    class Meta:
        model = PromptWish
        fields = ["wants_mail", "recalls"]
        help_texts = {"recalls": _("In the mail of the next prompt, for your eyes only.")}


class RoundEditForm(forms.Form):
    """The words of one round."""

    text = RichTextFormField(
        label=_("What is asked this time"),
        required=False,
        widget=RichTextWidget({"rows": 4}),
        help_text=_("Leave it as it is, or ask something else once. Empty: the words of the series."),
    )


class RoundOpenForm(forms.Form):
    """Opening a round, with a word where it opens with fewer first answers than wanted."""

    word = forms.CharField(label=_("Why it opens with fewer"), required=False, max_length=300)


class RoundPutOffForm(forms.Form):
    """Another moment for one round, in the zone of its series."""

    day = forms.DateField(label=_("On"), widget=day_input())
    at = forms.TimeField(label=_("At"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def __init__(self, *args: Any, of: PromptRound, **kwargs: Any) -> None:
        self.zone = ZoneInfo(of.prompt.time_zone)
        local = timezone.localtime(of.opens_at, self.zone)
        kwargs.setdefault("initial", {"day": local.date(), "at": local.time()})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "day" in data and "at" in data:
            data["opens_at"] = datetime.combine(data["day"], data["at"], self.zone)
            if data["opens_at"] <= timezone.now():
                self.add_error("day", _("This moment has passed."))
        return data


class ResponderAskForm(forms.Form):
    """Somebody to ask, by name, with a word why."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=PeopleInput)
    note = forms.CharField(
        label=_("A word from you"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Why you thought of them. It stands in their mail."),
    )

    def __init__(self, *args: Any, people: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_name(self) -> str:
        name = clean_line(self.cleaned_data["name"])
        self.cleaned_data["person"] = person_called(name, self.people)
        return name


class WordForm(forms.Form):
    """Yes or not this time, with a word."""

    word = forms.CharField(
        label=_("A word to go with it"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Those who run this prompt read it."),
    )


class FollowUpForm(forms.Form):
    """What to say about an answer, to whom, and when."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(kind, capfirst(label)) for kind, label in FollowUp.Kind.choices if kind != FollowUp.Kind.NOTHING],
        widget=forms.RadioSelect,
    )
    other = forms.CharField(
        label=_("With whom"),
        required=False,
        max_length=120,
        widget=PeopleInput,
        help_text=_("Only where you connect two people: the other one's name."),
    )
    text = forms.CharField(
        label=_("What you say"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("It can wait when you choose a later day."),
    )
    is_public = forms.BooleanField(
        label=_("In the conversation, for everybody to read"), required=False, help_text=_("Otherwise as a private message.")
    )
    day = forms.DateField(
        label=_("On a later day"),
        required=False,
        widget=day_input(),
        help_text=_("Empty: at once. With a day it comes back to your desk then, and goes out when you press Send."),
    )

    def __init__(self, *args: Any, people: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_other(self) -> Any:
        name = self.cleaned_data["other"]
        return person_called(name, self.people) if name.strip() and self.cleaned_data.get("kind") == FollowUp.Kind.CONNECT else None

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        day = data.get("day")
        if day and day <= timezone.localdate():
            self.add_error("day", _("This day has come already: leave it empty to send at once."))
        if not day and not data.get("text", "").strip():
            self.add_error("text", _("There are no words in it yet."))
        if data.get("kind") == FollowUp.Kind.CONNECT and not data.get("other") and "other" not in self.errors:
            self.add_error("other", _("Say with whom you connect them."))
        return data


class FollowUpSendForm(forms.Form):
    """The words of a follow-up whose day has come."""

    text = forms.CharField(label=_("What you say"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
