"""One's own profile: a few fields at a time, and beside each of them who sees it. Nothing in it has to be filled in."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.cleaning import clean_line
from ambassadors.forms.fields import PlaceField, no_longer_than
from ambassadors.models import Ambassador, Organization
from ambassadors.models.ambassador import BIO_ROOM
from foundation.audiences import Audience
from foundation.models import RoleLabel, Sector, Topic
from foundation.saving import SavesWhatItAsks

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from foundation.querysets import TermQuerySet

LINKS = range(1, 4)
LINK_FIELDS = [f"link_{number}_{part}" for number in LINKS for part in ("label", "url")]
SEEN_WITH = {"walk_the_talk": LINK_FIELDS}  # what shares the audience of a field


def _is_audience(name: str) -> bool:
    return name.endswith(("_audience", "listed_for"))


@dataclass(frozen=True)
class Section:
    """Some fields of a profile that one thinks of together, saved by themselves."""

    name: str
    title: StrPromise
    text: StrPromise
    fields: tuple[str, ...]


SECTIONS = {
    section.name: section
    for section in (
        Section("about", _("About you"), _("What you would tell somebody who sits down beside you."), ("bio", "place", "languages", "tech_comfort")),
        Section("work", _("Your work"), _("Where you work, and from which seats you speak."), ("organization", "job_title", "role_labels", "sector")),
        Section("questions", _("What people can ask you"), _("So that a question finds its way to you, and to nobody who cannot help."), ("ask_me_about", "topics")),
        Section("walk-the-talk", _("Walking the talk"), _("How what this community stands for shows in your own work, and where one can see it."), ("walk_the_talk",)),
        Section("availability", _("Your time"), _("Take part in your own way and at your own pace. While you are away, nobody is sent to you."), ("away_until", "hours_a_month", "is_observing")),
        Section("finding", _("Who finds you"), _("Whether your profile stands in the directory, and for whom."), ("listed_for", "alumni_listed_for")),
    )
}  # fmt: skip


class ProfileEditForm(SavesWhatItAsks):
    """What people say of themselves: everything at once, or the fields of one section (`only`)."""

    is_filter = True  # nothing but the name is required, so no field has to say that it is optional

    organization = forms.CharField(label=_("Organisation"), max_length=160, required=False)
    place = PlaceField(
        widget=forms.TextInput(attrs={"list": "known-places"}), help_text=_("A town and its country, such as: Porto, Portugal.")
    )

    class Meta:
        model = Ambassador
        fields = [
            "listed_for",
            "alumni_listed_for",
            "is_observing",
            *(name for name in Ambassador.SHOWN if name not in {"organization", "photo"}),
            *(f"{name}_audience" for name in Ambassador.SHOWN),
        ]
        widgets = {
            "role_labels": forms.CheckboxSelectMultiple,
            "topics": forms.CheckboxSelectMultiple,
            "tech_comfort": forms.RadioSelect,
            "away_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "hours_a_month": forms.NumberInput(attrs={"inputmode": "numeric", "max": 200}),
        }

    def __init__(self, *args: Any, only: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keep(only or [*self.fields, *LINK_FIELDS])
        self.initial["place"] = str(self.instance.place or "")
        self.initial["organization"] = str(self.instance.organization or "")
        me = self.instance.user
        self._offer("role_labels", RoleLabel.objects.visible_to(me), Q(ambassadors=self.instance))
        self._offer("topics", Topic.objects.visible_to(me), Q(ambassadors=self.instance))
        self._offer("sector", Sector.objects.visible_to(me), Q(pk=self.instance.sector_id))

    def _keep(self, names: Collection[str]) -> None:
        """Leave the fields that are asked for, each with its audience."""
        wanted = {*names, *(f"{name}_audience" for name in names)}
        if "walk_the_talk" in wanted:
            self._add_links()
        for name in [name for name in self.fields if self._is_left_out(name, wanted)]:
            del self.fields[name]
        for name, field in self.fields.items():
            field.required = _is_audience(name)

    def _is_left_out(self, name: str, wanted: set[str]) -> bool:
        if name in LINK_FIELDS:
            return False
        # Who sends no choice of audience leaves it as it is.
        return name not in wanted or (self.is_bound and _is_audience(name) and self.add_prefix(name) not in self.data)

    def _add_links(self) -> None:
        given = [*self.instance.evidence, *({"label": "", "url": ""} for _number in LINKS)]
        for number, link in zip(LINKS, given, strict=False):
            self.fields[f"link_{number}_label"] = forms.CharField(label=_("What one sees there"), max_length=120, required=False)
            self.fields[f"link_{number}_url"] = forms.URLField(
                label=_("Its address"), max_length=500, required=False, assume_scheme="https"
            )
            self.initial.update({f"link_{number}_label": link["label"], f"link_{number}_url": link["url"]})

    def _offer(self, field: str, terms: TermQuerySet, own: Q) -> None:
        """Offer the terms in use, and those that one has though they are no longer offered."""
        choice = self.fields.get(field)
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = terms.filter(Q(is_offered=True) | own).distinct()

    def rows(self) -> Iterator[tuple[BoundField, BoundField | None, list[tuple[BoundField, BoundField]]]]:
        """Each field with the choice of its audience, where it has one, and the links that are seen with it."""
        for name in self.fields:
            if not name.endswith("_audience") and name not in LINK_FIELDS:
                audience = self[f"{name}_audience"] if f"{name}_audience" in self.fields else None
                yield self[name], audience, self._links() if name in SEEN_WITH else []

    def _links(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"link_{number}_label"], self[f"link_{number}_url"]) for number in LINKS]

    def clean_listed_for(self) -> str:
        chosen: str = self.cleaned_data["listed_for"]
        if chosen == Audience.PUBLIC and self.instance.status == Ambassador.Status.LISTED:
            raise forms.ValidationError(_("Visitors find you once you have been invited to take part. Until then, choose another."))
        return chosen

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

    def clean_away_until(self) -> Any:
        day = self.cleaned_data["away_until"]
        if day and day.year > timezone.now().year + 5:
            raise forms.ValidationError(_("That is more than five years away. Is the year right?"))
        return day

    def clean_hours_a_month(self) -> int | None:
        hours: int | None = self.cleaned_data["hours_a_month"]
        if hours is not None and hours > 200:
            raise forms.ValidationError(_("A month has about 160 working hours. Give a smaller number."))
        return hours

    def clean_organization(self) -> Organization | None:
        name = clean_line(self.cleaned_data["organization"])
        return Organization.objects.named(name) if name else None  # unscoped: it is looked up by the very name they typed

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for number in LINKS:
            label, url = cleaned.get(f"link_{number}_label"), cleaned.get(f"link_{number}_url")
            if label and not url and f"link_{number}_url" not in self.errors:
                self.add_error(f"link_{number}_url", _("Where is it? Give its address, or leave the line empty."))
        return cleaned

    def _evidence(self) -> list[dict[str, str]]:
        cleaned = self.cleaned_data
        pairs = [(cleaned[f"link_{number}_label"], cleaned[f"link_{number}_url"]) for number in LINKS]
        return [{"label": clean_line(label) or url, "url": url} for label, url in pairs if url]

    def save(self, commit: bool = True) -> Any:
        if "organization" in self.fields:
            self.instance.organization = self.cleaned_data["organization"]
        if "walk_the_talk" in self.fields:
            self.instance.evidence = self._evidence()
        return super().save(commit)

    def columns_changed(self) -> list[str]:
        return [*self.changed_data, *(["evidence"] if set(LINK_FIELDS) & set(self.changed_data) else [])]
