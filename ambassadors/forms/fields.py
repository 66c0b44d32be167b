"""Fields that several forms about people share."""

from __future__ import annotations

import zoneinfo
from functools import lru_cache
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.cleaning import clean_line
from foundation.models import Place
from foundation.richtext import to_plain
from foundation.taxonomy import place_named

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
