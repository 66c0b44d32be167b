from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from foundation.models import Community
from foundation.registry import Registry
from foundation.uploads import CheckedImageField, upload_delete, upload_keep

if TYPE_CHECKING:
    from ambassadors.models import User


# Whether mail to a word at our domain goes to somebody already: each floor that gives addresses away says so of its own.
given_away: Registry[Callable[[str], bool]] = Registry("addresses given away")


class _Colour(forms.ColorInput):
    """A choice of colour, without what HTML does not know for it: it always has a value, of seven letters."""

    def use_required_attribute(self, initial: object) -> bool:
        return False

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return {name: value for name, value in attrs.items() if name != "maxlength"}


class CommunityForm(forms.ModelForm):
    """What the community is called, is for, looks like and writes from."""

    new_mark = CheckedImageField(
        longest_edge=512,
        required=False,
        label=_("Mark"),
        help_text=_("A square picture, shown small beside the name. Without one the initials stand in."),
    )
    drop_mark = forms.BooleanField(required=False, label=_("Go back to the initials"))

    class Meta:
        model = Community
        fields = ["name", "purpose", "about", "new_mark", "drop_mark", "accent", "sender_name", "sender_address", "mails_a_day"]
        fields += ["mail_delay", "asks_a_month", "asks_about_profiles", "pieces_rest", "rounds_counts_to"]
        widgets = {"accent": _Colour, "purpose": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mail_delay"].show_hidden_initial = False  # Django compares a default that is computed with a hidden field

    def clean_sender_address(self) -> str:
        """Refuse an address whose mail would not come to this site: nobody would read the answers."""
        address: str = self.cleaned_data["sender_address"].lower()
        if address and address.partition("@")[2] != settings.MAIL_DOMAIN.lower():
            raise forms.ValidationError(_("Choose an address that ends in @%(domain)s.") % {"domain": settings.MAIL_DOMAIN})
        if any(is_taken(address.partition("@")[0]) for is_taken in given_away):
            raise forms.ValidationError(
                _("Mail to %(address)s goes elsewhere already. Choose another word.") % {"address": address}
            )
        return address

    def save_mark(self, *, by: User) -> None:
        """Put the new mark in the place of the old one, or the initials."""
        old, picture = self.instance.mark, self.cleaned_data.get("new_mark")
        if picture is None and not self.cleaned_data.get("drop_mark"):
            return
        self.instance.mark = upload_keep(picture, owner=by, audience="public", alt=self.instance.name) if picture else None
        self.instance.save(update_fields=["mark"])
        if old is not None:
            upload_delete(old)
