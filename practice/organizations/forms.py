"""What it is called, who is asked to run it, and the name that is typed before it is erased."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.cleaning import clean_line
from practice.models import PracticeInvitation, PracticeOrganization


class NameForm(forms.ModelForm):
    """The name of the organisation."""

    class Meta:
        model = PracticeOrganization
        fields = ["name"]

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])


class InviteForm(forms.ModelForm):
    """Who is asked to run the sessions, too."""

    class Meta:
        model = PracticeInvitation
        fields = ["name", "address"]
        help_texts = {"address": _("They need no account: with the link in the mail they say yes, and sign in with a code.")}

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])


class EraseForm(forms.Form):
    """The name of the organisation, typed."""

    name = forms.CharField(
        label=_("Type the name of the organisation"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
