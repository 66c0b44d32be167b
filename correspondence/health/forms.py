"""The one field in which the mailed code is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from correspondence.health import codes

if TYPE_CHECKING:
    from ambassadors.models import User
    from correspondence.models import AddressHealth


class AddressConfirmForm(forms.Form):
    """The right code makes mail go there again; that happens as it is checked, once."""

    code = forms.CharField(label=_("Code"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))

    def __init__(self, *args: Any, health: AddressHealth, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.health, self.person = health, person

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not codes.typed(self.health, code, by=self.person):
            raise ValidationError(
                _("This is not the code from the newest mail, or its time is over. Look again, or have a new one sent.")
            )
        return code
