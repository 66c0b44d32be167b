"""The form that anybody may write to the team with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ambassadors.cleaning import clean_line
from community.contact import proof
from community.contact.proof import Begun
from community.models import TeamMember
from community.models.contact import LONGEST

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
LINKS_OF_A_PERSON = 2


class RoleChoice(forms.ModelChoiceField):
    """Somebody of the team, by what they do."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.shown_role} ({obj.shown_name})" if obj.shown_name else str(obj.shown_role)


class ContactForm(forms.Form):
    """A message to the team. Whatever is wrong with it, its words stay on the page.

    `homepage` is a field that no person sees; `begun` says when the page was made (community/contact/proof.py), `proof` is its riddle's
    answer, `asked` says that the writer has read why there is one.
    """

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
    homepage = forms.CharField(
        label=_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    begun = forms.CharField(required=False, widget=forms.HiddenInput)
    proof = forms.CharField(required=False, widget=forms.HiddenInput)
    asked = forms.CharField(required=False, widget=forms.HiddenInput)

    page: Begun | None = None
    SHOWN = ("name", "address", "to", "subject", "words")

    def __init__(self, *args: Any, reader: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        self.fields["to"].queryset = TeamMember.objects.visible_to(reader).shown()  # type: ignore[attr-defined]
        self.fields["begun"].initial = proof.begin()
        if reader.is_authenticated:
            self.fields["name"].initial, self.fields["address"].initial = reader.name, reader.email

    def _shown_again_with(self, field: str, value: str) -> None:
        """Let a hidden field have another value when the page is shown again."""
        self.data = MultiValueDict({**dict(cast("QueryDict", self.data).lists()), field: [value]})

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])

    def clean_subject(self) -> str:
        return clean_line(self.cleaned_data["subject"])

    def clean(self) -> dict[str, Any]:
        self.page = proof.read(self.data.get("begun", ""))
        if self.cleaned_data.get("homepage"):
            self._shown_again_with("homepage", "")
            raise ValidationError(
                _(
                    "A field that only robots see was filled in, perhaps by your browser. We have emptied it: please press “Send” again."
                )
            )
        if self.page is None:
            self._shown_again_with("begun", proof.begin())
            raise ValidationError(
                _("This page had been open for long, so we made it new. Nothing is lost: please press “Send” again in a moment.")
            )
        if self.page.is_too_quick and not self.errors:
            raise ValidationError(_("That was quicker than people write. Nothing is lost: please press “Send” again in a moment."))
        return self.cleaned_data

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
        self._shown_again_with("asked", "yes")
