"""Forms about those who stand under a product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.picking import PersonField
from foundation.uploads import CheckedImageField
from products.models import Credit

if TYPE_CHECKING:
    from ambassadors.models import User

ROLES = {
    Credit.Role.AUTHOR: _("Author: they write it with you, and stand under it when they agree to be named"),
    Credit.Role.CONTRIBUTOR: _("Contributor: they helped, and are thanked under it when they agree to be named"),
}
PHOTO_EDGE = 480


class AuthorInviteForm(forms.Form):
    """Whom, as what, and a word to them."""

    person = PersonField(label=_("Whom"), help_text=_("The full name. Begin to type it, and choose from those who are found."))
    role = forms.ChoiceField(label=_("As"), widget=forms.RadioSelect, choices=list(ROLES.items()), initial=Credit.Role.AUTHOR)
    words = forms.CharField(label=_("A word to them"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].reader = by  # type: ignore[attr-defined]  # a PersonField


class CreditCardForm(forms.ModelForm):
    """How somebody wants to be named, and their consent to exactly that."""

    KEEP, PROFILE, NEW, NONE = "keep", "profile", "new", "none"

    which = forms.ChoiceField(label=_("Photo"), widget=forms.RadioSelect)
    upload = CheckedImageField(longest_edge=PHOTO_EDGE, label=_("Another photo"), required=False)
    read = forms.CharField(widget=forms.HiddenInput, required=False)  # the words as the page showed them
    agrees = forms.BooleanField(
        label="", error_messages={"required": _("Without your consent you are not named. That is fine, too.")}
    )

    class Meta:
        model = Credit
        fields = ["name", "title", "tagline"]
        help_texts = {
            "title": _("What you do, and where: “Director, Harbour Kitchens”."),
            "tagline": _("One line about you, as readers remember you."),
        }

    def __init__(self, *args: Any, consent: str, has_profile_photo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consent = consent
        self.fields["agrees"].label = consent
        self.initial["read"] = consent
        self.fields["name"].required = True
        choices = [(self.KEEP, _("The one that stands there"))] if self.instance.photo_id else []
        choices += [(self.PROFILE, _("The one of my profile"))] if has_profile_photo else []
        choices += [(self.NEW, _("Another one")), (self.NONE, _("None: my initials"))]
        self.fields["which"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("which", choices[0][0] if choices[0][0] != self.NEW else self.NONE)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("which") == self.NEW and not said.get("upload") and "upload" not in self.errors:
            self.add_error("upload", _("Choose a picture."))
        if said.get("read") != self.consent:
            self.data = {
                **{name: self.data.get(name) for name in self.data},
                "read": self.consent,
            }  # they are shown as they are now
            self.add_error("agrees", _("These words have changed since you opened the page. Please read them again."))
        return said
