"""What an ambassador says when they give a seat, and what an assistant types to take one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.cleaning import clean_line
from ambassadors.models import AssistantRules

SPEAKS = _("Each such answer says “through” and their name, on the page and in every mail. You read all of them in the history.")


class SeatScopesForm(forms.Form):
    """What an assistant may do beyond reading. Each is off until it is switched on."""

    is_filter = True  # nothing in it is required

    may_prepare = forms.BooleanField(
        label=_("Prepare answers"),
        required=False,
        help_text=_("You get each by mail and on your desk. Nothing is said before you send it."),
    )
    may_speak = forms.BooleanField(label=_("Answer in my name"), required=False, help_text=SPEAKS)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not AssistantRules.current().may_speak:
            del self.fields["may_speak"]  # this community has none of it

    def scopes(self) -> dict[str, Any]:
        """What is allowed from now on."""
        return {name: bool(self.cleaned_data.get(name)) for name in ("may_prepare", "may_speak")}


class SeatOfferForm(SeatScopesForm):
    """Whom the seat is for."""

    is_filter = False

    name = forms.CharField(label=_("Their name"), max_length=120, help_text=_("As others read it beside what comes through them."))
    email = forms.EmailField(label=_("Their e-mail address"), max_length=254)
    field_order = ("name", "email", "may_prepare", "may_speak")

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])


class SeatTakeForm(forms.Form):
    """The code from the mailbox."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
