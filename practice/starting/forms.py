"""Who begins, for which organisation; and the code."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.cleaning import clean_line
from foundation.open_form import OpenForm


class OrganizationForm(forms.Form):
    """For somebody who is signed in: the organisation alone."""

    organization = forms.CharField(
        label=_("Your organisation"),
        max_length=140,
        help_text=_("As your respondents know it. Nobody else is ever shown it."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )

    def clean_organization(self) -> str:
        return clean_line(self.cleaned_data["organization"])


class StartForm(OpenForm, OrganizationForm):
    """For everybody else: also who they are, and where the code goes."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("Those whom you invite read it under the invitation."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("A code goes there now, and whenever you sign in."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("organization", "name", "address", "homepage", "begun")

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])


class CodeForm(forms.Form):
    """The code from the mailbox."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
