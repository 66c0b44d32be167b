"""The form that anybody may write to the team with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from ambassadors.cleaning import clean_line
from community.models import TeamMember
from community.models.contact import LONGEST
from foundation import proof
from foundation.open_form import OpenForm

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
LINKS_OF_A_PERSON = 2


class RoleChoice(forms.ModelChoiceField):
    """Somebody of the team, by what they do."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.shown_role} ({obj.shown_name})" if obj.shown_name else str(obj.shown_role)


class ContactForm(OpenForm):
    """A message to the team. `proof` is the answer to the riddle of its page; `asked` says that the writer has read why there is one."""

    name = forms.CharField(label=_lazy("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    address = forms.EmailField(
        label=_lazy("Your e-mail address"),
        help_text=_lazy("The answer goes there, and nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    to = RoleChoice(
        label=_lazy("Who should read it"),
        queryset=TeamMember.objects.none(),
        required=False,
        empty_label=_lazy("The whole team"),
        to_field_name="slug",
    )
    subject = forms.CharField(label=_lazy("What it is about"), max_length=150)
    words = forms.CharField(label=_lazy("Your message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 9}))
    proof = forms.CharField(required=False, widget=forms.HiddenInput)
    asked = forms.CharField(required=False, widget=forms.HiddenInput)

    SHOWN = ("name", "address", "to", "subject", "words")

    def __init__(self, *args: Any, reader: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        self.fields["to"].queryset = TeamMember.objects.visible_to(reader).shown()  # type: ignore[attr-defined]
        if reader.is_authenticated:
            self.fields["name"].initial, self.fields["address"].initial = reader.name, reader.email

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])

    def clean_subject(self) -> str:
        return clean_line(self.cleaned_data["subject"])

    @property
    def nonce(self) -> str:
        """By which the message is known, however often it is sent."""
        assert self.page is not None  # noqa: S101  a valid form has one
        return self.page.nonce

    @property
    def looks_like_spam(self) -> bool:
        """Whether the words are such as robots write. A member's never are."""
        return not self.reader.is_authenticated and len(LINK.findall(self.cleaned_data["words"])) > LINKS_OF_A_PERSON

    @property
    def is_proven(self) -> bool:
        """Whether the browser has solved the riddle."""
        return proof.is_proven(self.data.get("begun", ""), self.cleaned_data["proof"])

    def ask_for_proof(self) -> None:
        """Mark the page that is shown again as one that explains why."""
        self.show_again_with("asked", "yes")
