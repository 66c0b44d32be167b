"""The picture of a person, and the square of it that others see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.cleaning import clean_line
from ambassadors.photos import CLOSEST, Crop
from foundation.audiences import Audience
from foundation.uploads import CheckedImageField

LARGEST_EDGE = 1600


class AltField(forms.CharField):
    """What the picture shows, in words."""

    def __init__(self, **options: Any) -> None:
        settings: dict[str, Any] = {
            "max_length": 200,
            "label": _("What the picture shows"),
            "help_text": _(
                "For those who do not see it. A few words: “Amina in a yellow coat, laughing, in front of the library”."
            ),
            **options,
        }
        super().__init__(**settings)

    def clean(self, value: Any) -> str:
        return clean_line(super().clean(value))


class PhotoForm(forms.Form):
    """A new picture."""

    picture = CheckedImageField(
        longest_edge=LARGEST_EDGE,
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP, up to 15 MB. Where and with what it was taken is not kept."),
    )
    alt = AltField()
    audience = forms.ChoiceField(label=_("Who sees your photo"), choices=Audience.choices)


class _Slider(forms.NumberInput):
    input_type = "range"

    def use_required_attribute(self, initial: object) -> bool:
        """HTML knows no `required` here: a slider always has a value."""
        return False


class PhotoCropForm(forms.Form):
    """Where the square lies on the picture that is there."""

    across = forms.IntegerField(label=_("Left or right"), min_value=0, max_value=100, widget=_Slider)
    down = forms.IntegerField(label=_("Up or down"), min_value=0, max_value=100, widget=_Slider)
    zoom = forms.IntegerField(label=_("Nearer"), min_value=100, max_value=CLOSEST, widget=_Slider)
    alt = AltField()
    audience = forms.ChoiceField(label=_("Who sees your photo"), choices=Audience.choices)

    def crop(self) -> Crop:
        """The square that was asked for."""
        return Crop(self.cleaned_data["across"], self.cleaned_data["down"], self.cleaned_data["zoom"])
