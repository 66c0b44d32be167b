"""The part that the forms share which anybody may send without signing in: what keeps robots out, and words on the page."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from foundation import proof
from foundation.proof import Begun


class OpenForm(forms.Form):
    """`homepage` is a field that no person sees; `begun` says when the page was made (foundation/proof.py).

    `page` is what `begun` said, once the form is looked at. Whatever is wrong, what was written stays on the page.
    """

    homepage = forms.CharField(
        label=_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    begun = forms.CharField(required=False, widget=forms.HiddenInput)

    page: Begun | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["begun"].initial = proof.begin()

    def clean(self) -> dict[str, Any]:
        """Refuse what robots send: kindly, for a person may look like one."""
        self.page = proof.read(self.data.get("begun", ""))
        if self.cleaned_data.get("homepage"):
            self.show_again_with("homepage", "")
            raise ValidationError(
                _("A field that only robots see was filled in, perhaps by your browser. We have emptied it: please press again.")
            )
        if self.page is None:
            self.show_again_with("begun", proof.begin())
            raise ValidationError(
                _("This page had been open for long, so we made it new. Nothing is lost: please press again in a moment.")
            )
        if self.page.is_too_quick and not self.errors:
            raise ValidationError(_("That was quicker than people write. Nothing is lost: please press again in a moment."))
        return self.cleaned_data

    def show_again_with(self, field: str, value: str) -> None:
        """Let a hidden field have another value when the page is shown again."""
        self.data = MultiValueDict({**dict(cast("QueryDict", self.data).lists()), field: [value]})
