"""Forms about people."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from ambassadors.cleaning import clean_line
from ambassadors.models import Ambassador, Organization, User
from ambassadors.models.ambassador import BIO_ROOM
from ambassadors.workflow.listing import account_of
from foundation.models import Place, RoleLabel, Sector, Topic
from foundation.querysets import TermQuerySet
from foundation.richtext import to_plain
from foundation.taxonomy import place_named

LARGEST_ROSTER = 1_000_000  # bytes: some six thousand people, imported in about as many milliseconds
REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@lru_cache(maxsize=1)
def time_zones() -> list[Any]:
    """Return the time zones as people look for them: by region, named for cities."""
    names = sorted(name for name in zoneinfo.available_timezones() if name.split("/")[0] in REGIONS)
    groups = groupby(names, key=lambda name: name.split("/")[0])
    cities = [(region, [(name, _city(name)) for name in members]) for region, members in groups]
    return [("UTC", "UTC"), *cities]


def _city(name: str) -> str:
    _region, *place = name.replace("_", " ").split("/")
    return ", ".join(reversed(place))


class PlaceField(forms.CharField):
    """A place on one line: known ones are offered while one types, new ones are made. Gives a `Place` or None."""

    def __init__(self, **options: Any) -> None:
        settings: dict[str, Any] = {"max_length": 120, "required": False, "label": _("Place"), **options}
        super().__init__(**settings)

    def prepare_value(self, value: Any) -> Any:
        return str(Place.objects.filter(pk=value).first() or "") if isinstance(value, int) else value  # unscoped: one's own place

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(str(self.prepare_value(initial) or ""), " ".join(str(data or "").split()))

    def clean(self, value: Any) -> Any:
        return place_named(clean_line(super().clean(value)))


def no_longer_than(most: int, html: str) -> str:
    """Return rich text that one can read in one go; markup is not counted."""
    length = len(to_plain(html))
    if length > most:
        raise forms.ValidationError(
            _("This is %(length)s characters long; there is room for %(most)s.") % {"length": length, "most": most}
        )
    return html


class PersonForm(forms.ModelForm):
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


class ProfileEditForm(forms.ModelForm):
    """One's own profile: each field, and beside it who sees it."""

    organization = forms.CharField(label=_("Organisation"), max_length=160, required=False)
    place = PlaceField()

    class Meta:
        model = Ambassador
        fields = [
            "listed_for",
            *(f"{field}{end}" for field in Ambassador.SHOWN if field not in {"organization", "photo"} for end in ("", "_audience")),
        ]
        fields += ["organization_audience", "photo_audience", "is_observing"]
        widgets = {"role_labels": forms.CheckboxSelectMultiple, "topics": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["place"] = str(self.instance.place or "")
        self.initial["organization"] = str(self.instance.organization or "")
        me = self.instance.user
        self._offer("role_labels", RoleLabel.objects.visible_to(me), Q(ambassadors=self.instance))
        self._offer("topics", Topic.objects.visible_to(me), Q(ambassadors=self.instance))
        self._offer("sector", Sector.objects.visible_to(me), Q(pk=self.instance.sector_id))

    def _offer(self, field: str, terms: TermQuerySet, own: Q) -> None:
        """Offer the terms in use, and those that one has though they are no longer offered."""
        choice = self.fields[field]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = terms.filter(Q(is_offered=True) | own).distinct()

    def pairs(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Each field with the choice of its audience."""
        for name in Ambassador.SHOWN:
            if name in self.fields:
                yield self[name], self[f"{name}_audience"]

    def clean_job_title(self) -> str:
        return clean_line(self.cleaned_data["job_title"])

    def clean_languages(self) -> str:
        return clean_line(self.cleaned_data["languages"])

    def clean_ask_me_about(self) -> str:
        return clean_line(self.cleaned_data["ask_me_about"])

    def clean_bio(self) -> str:
        return no_longer_than(BIO_ROOM, self.cleaned_data["bio"])

    def clean_walk_the_talk(self) -> str:
        return no_longer_than(BIO_ROOM, self.cleaned_data["walk_the_talk"])

    def clean_organization(self) -> Organization | None:
        name = clean_line(self.cleaned_data["organization"])
        return Organization.objects.named(name) if name else None  # unscoped: it is looked up by the very name they typed

    def save(self, commit: bool = True) -> Any:
        self.instance.organization = self.cleaned_data["organization"]
        return super().save(commit)


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
