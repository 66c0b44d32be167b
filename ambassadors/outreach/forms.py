from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.cleaning import clean_line, clean_text
from ambassadors.models import Network, OutreachEntry, SpeakingSlot
from foundation.models import Topic

if TYPE_CHECKING:
    from ambassadors.models import User

C = OutreachEntry.Certainty


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class EntryForm(forms.ModelForm):
    """What somebody shared: five small fields, of which two must be filled."""

    certainty = forms.ChoiceField(label=_("The number is"), choices=C.choices, required=False, initial=C.ESTIMATED)
    link = forms.URLField(
        label=_("Link"), required=False, max_length=500, assume_scheme="https", help_text=_("Where it can be seen, if anywhere.")
    )

    class Meta:
        model = OutreachEntry
        fields = ["what", "network", "reach", "certainty", "link", "on"]
        widgets = {"on": _day(), "what": forms.TextInput, "reach": forms.NumberInput(attrs={"inputmode": "numeric"})}
        help_texts = {
            "what": _("Such as: the kickstarter for boards, at our partners' meeting."),
            "reach": _("Leave it empty if you cannot say."),
        }

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        network: Any = self.fields["network"]
        network.queryset = Network.objects.visible_to(reader).filter(Q(is_offered=True) | Q(pk=self.instance.network_id or 0))
        network.required, network.empty_label = True, _("Choose with whom")

    def clean_what(self) -> str:
        return clean_line(self.cleaned_data["what"])

    def clean_certainty(self) -> str:
        return self.cleaned_data["certainty"] or C.ESTIMATED

    def clean_on(self) -> Any:
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError(_("Log it once it has happened."))
        return self.cleaned_data["on"]

    def values(self) -> dict[str, Any]:
        """What was said, field by field."""
        return {name: self.cleaned_data[name] for name in self.fields}


class TalkForm(EntryForm):
    """What somebody says of a talk they gave: whom it reached, and where it can be seen."""

    class Meta(EntryForm.Meta):
        fields = ["network", "reach", "certainty", "link"]
        labels = {"reach": _("How many listened")}


class SlotForm(forms.ModelForm):
    """Where somebody is wanted to speak."""

    class Meta:
        model = SpeakingSlot
        fields = ["title", "topic", "on", "place", "is_online", "audience", "words", "wanted_by"]
        widgets = {"on": _day(), "wanted_by": _day(), "words": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "title": _("In a few words: twenty minutes on results, for trustees."),
            "place": _("Town and house; empty when it is only online."),
            "audience": _("Such as: sixty trustees of local charities."),
            "wanted_by": _("The day by which you decide who speaks."),
        }

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic: Any = self.fields["topic"]
        topic.queryset, topic.empty_label = Topic.objects.visible_to(reader).offered(), _("No topic in particular")

    def clean_title(self) -> str:
        return clean_line(self.cleaned_data["title"])

    def clean_place(self) -> str:
        return clean_line(self.cleaned_data["place"])

    def clean_audience(self) -> str:
        return clean_line(self.cleaned_data["audience"])

    def clean_words(self) -> str:
        return clean_text(self.cleaned_data["words"])

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        on, wanted_by = given.get("on"), given.get("wanted_by")
        if not given.get("place") and not given.get("is_online"):
            self.add_error("place", _("Say where it is, or that it is online."))
        if on and on < timezone.localdate():
            self.add_error("on", _("That day has passed."))
        elif on and wanted_by and wanted_by > on:
            self.add_error("wanted_by", _("That would be decided after the talk."))
        return given

    def values(self) -> dict[str, Any]:
        """What was said, field by field."""
        return {name: self.cleaned_data[name] for name in self.fields}


class VolunteerForm(forms.Form):
    """A few words of somebody who would speak."""

    words = forms.CharField(
        label=_("A few words"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you would talk about, and what you bring. Only whoever posted it and the support team read it."),
    )

    def clean_words(self) -> str:
        return clean_line(self.cleaned_data["words"])
