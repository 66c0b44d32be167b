"""Accounts, and people who are put on the roster."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.cleaning import clean_line
from ambassadors.forms.fields import time_zones
from ambassadors.models import Ambassador, User
from ambassadors.workflow.listing import account_of
from correspondence.digests import posting
from foundation.saving import SavesWhatItAsks

LARGEST_ROSTER = 1_000_000  # bytes: some six thousand people, imported in about as many milliseconds


class PersonForm(SavesWhatItAsks):
    """What an account says of its person, whether or not there is a profile beside it."""

    class Meta:
        model = User
        fields = ["name", "time_zone"]
        help_texts = {"time_zone": _("Every time you read here is shown in this zone.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = self.instance.time_zone
        listed = {name for _region, zones in time_zones()[1:] for name, _label in zones} | {"UTC"}
        choices = time_zones() if now in listed else [(now, now), *time_zones()]
        self.fields["time_zone"] = forms.ChoiceField(
            label=self.fields["time_zone"].label, help_text=self.fields["time_zone"].help_text, choices=choices
        )

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])

    def save(self, commit: bool = True) -> Any:
        """Somebody who moves gets the next digest at the hour of the new place."""
        person = super().save(commit)
        if commit and "time_zone" in self.changed_data:
            posting.follow_moves(person)
        return person


class PersonAddForm(forms.ModelForm):
    """Somebody to put on the roster by hand."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("Nobody is mailed until you invite them."))
    organization = forms.CharField(label=_("Organisation"), max_length=160, required=False)
    place = forms.CharField(label=_("Place"), max_length=120, required=False, help_text=_("A town and its country."))

    class Meta:
        model = Ambassador
        fields = ["job_title"]

    field_order = ["name", "email", "organization", "job_title", "place"]

    def clean(self) -> dict[str, Any]:
        for name in self.fields:
            if name != "email" and name in self.cleaned_data:
                self.cleaned_data[name] = clean_line(self.cleaned_data[name])
        known = account_of(self.cleaned_data.get("email", ""))
        if known is not None and hasattr(known, "ambassador"):
            self.add_error("email", _("This is the address of %(name)s, who is here already.") % {"name": known.name})
        return self.cleaned_data


class RosterUploadForm(forms.Form):
    """A roster from a browser: short enough to be imported while one waits."""

    file = forms.FileField(
        label=_("Spreadsheet, saved as CSV"),
        max_length=200,
        help_text=_(
            "The first line names the columns: name (or first and last name) and e-mail at least; also organisation, job title, place."
        ),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_ROSTER:
            raise forms.ValidationError(_("This file is larger than 1 MB. Longer rosters go in by the command import_ambassadors."))
        return file
