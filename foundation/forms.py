from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.models import Community
from foundation.uploads import CheckedImageField, upload_delete, upload_keep

if TYPE_CHECKING:
    from ambassadors.models import User


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
        fields += ["asks_a_month", "rounds_counts_to"]
        widgets = {"accent": forms.TextInput(attrs={"type": "color"}), "purpose": forms.Textarea(attrs={"rows": 2})}

    def save_mark(self, *, by: User) -> None:
        """Put the new mark in the place of the old one, or the initials."""
        old, picture = self.instance.mark, self.cleaned_data.get("new_mark")
        if picture is None and not self.cleaned_data.get("drop_mark"):
            return
        self.instance.mark = upload_keep(picture, owner=by, audience="public", alt=self.instance.name) if picture else None
        self.instance.save(update_fields=["mark"])
        if old is not None:
            upload_delete(old)
