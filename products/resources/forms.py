"""The form in which a member hands in a resource, and the word with which an editor gives it back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.models import Pillar
from foundation.uploads import CheckedFileField
from products.models import Edition, Readership
from products.models.resource import USE_ROOM

SUMMARY_ROOM = 2000


class ResourceForm(forms.Form):
    """What it is, where it is, and for whom: enough for an editor to look at it, and for a reader to know whether to open it."""

    title = forms.CharField(label=gettext_lazy("What it is called"), max_length=300)
    link = forms.URLField(
        label=gettext_lazy("Where it is"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("The address of the page, the video or the podcast. Or send the file itself, below."),
    )
    file = CheckedFileField(
        label=gettext_lazy("Or the file"),
        required=False,
        help_text=gettext_lazy("Something that you made or may pass on: a PDF, an Office file, a picture. At most 15 MB."),
    )
    medium = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[("", gettext_lazy("Choose one")), *Edition.Medium.choices],
    )
    summary = forms.CharField(
        label=gettext_lazy("What it is good for"),
        max_length=SUMMARY_ROOM,
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy(
            "Who made it, what is in it, when you would reach for it, and what it does not do. Two to five sentences."
        ),
    )
    pillars = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which pillars it serves"),
        queryset=Pillar.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one: readers look for it there.")},
    )
    readership = forms.ModelChoiceField(
        label=gettext_lazy("For whom above all"),
        queryset=Readership.objects.none(),
        required=False,
        empty_label=gettext_lazy("Everybody"),
    )
    licence = forms.ChoiceField(
        label=gettext_lazy("What readers may do with it"),
        choices=[("", gettext_lazy("Choose one")), *Edition.Licence.choices],
        help_text=gettext_lazy("As its makers say. Where they say nothing, all rights are reserved."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visitor = AnonymousUser()  # the community's words are everybody's
        fields: dict[str, Any] = dict(self.fields)
        fields["pillars"].queryset = Pillar.objects.visible_to(visitor).filter(is_offered=True)
        fields["readership"].queryset = Readership.objects.visible_to(visitor).filter(is_offered=True)
        for name in ("pillars", "readership"):
            if not fields[name].queryset.exists():
                del self.fields[name]  # a community without such words asks for none

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors.keys() & {"link", "file"} and bool(said.get("link")) == bool(said.get("file")):
            one = _("Give its address or the file: one of the two.")
            self.add_error("file" if said.get("link") else "link", one)
        return said


class GiveBackForm(forms.Form):
    """Why it is not for us as it is."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("What should change"),
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": gettext_lazy("Say in a few words what should change.")},
    )


class UseForm(forms.Form):
    """How somebody uses a resource, and who may read it."""

    words = forms.CharField(
        label=gettext_lazy("How you use it"), max_length=USE_ROOM, required=False, widget=forms.Textarea({"rows": 3})
    )
    is_public = forms.BooleanField(required=False)

    def __init__(self, *args: Any, consent: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_public"].label = consent
        self.fields["is_public"].help_text = _("Otherwise members alone read it.")
