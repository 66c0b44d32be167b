"""Forms about mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from correspondence import preferences

if TYPE_CHECKING:
    from ambassadors.models import User


HEADLINES_ONLY = _(
    "Mail about conversations then says who wrote, where and about what, and leads to the site for the rest. "
    "For a mailbox that others read, too. You can answer it all the same."
)


class PreferenceForm(forms.Form):
    """Whether words of conversations may be mailed, and one switch for each kind of mail that may be switched off."""

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if person.is_member:
            self.fields["headlines_only"] = forms.BooleanField(
                label=_("No words in my mail"), help_text=HEADLINES_ONLY, required=False, initial=person.headlines_only
            )
        off = preferences.switched_off(person)
        for kind in preferences.offered():
            self.fields[kind.name] = forms.BooleanField(
                label=kind.label, help_text=kind.description, required=False, initial=kind.name not in off
            )

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The switches in groups, with the name of each."""
        return [(name, [self[kind.name] for kind in group]) for name, group in preferences.grouped()]

    def save(self) -> None:
        """Keep what was changed; what was not stays unsaid."""
        for name in self.changed_data:
            if name == "headlines_only":
                preferences.choose_headlines(self.person, only=self.cleaned_data[name])
            else:
                preferences.choose(self.person, name, wanted=self.cleaned_data[name])
