"""Forms about mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from correspondence import preferences

if TYPE_CHECKING:
    from ambassadors.models import User


class PreferenceForm(forms.Form):
    """One switch for each kind of mail that may be switched off."""

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        off = preferences.switched_off(person)
        for kind in preferences.offered():
            self.fields[kind.name] = forms.BooleanField(
                label=kind.label, help_text=kind.description, required=False, initial=kind.name not in off
            )

    def save(self) -> None:
        for name in self.changed_data:
            preferences.choose(self.person, name, wanted=self.cleaned_data[name])
