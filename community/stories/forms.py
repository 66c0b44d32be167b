"""Forms of people about their own words and their own line on the page about the team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.models import Testimonial

if TYPE_CHECKING:
    from ambassadors.models import User
    from community.models import TeamMember


class TestimonialOfferForm(forms.ModelForm):
    """A few words of one's own."""

    class Meta:
        model = Testimonial
        fields = ["text", "attribution", "role"]
        labels = {"text": _("Your words"), "attribution": _("Signed with"), "role": _("Your role")}
        widgets = {"text": forms.Textarea(attrs={"rows": 5}), "attribution": forms.RadioSelect}
        help_texts = {
            "text": _("What has this community changed for you, or for those you work for? Up to 600 characters."),
            "attribution": _("You can still change your mind when we ask you about the exact wording."),
            "role": _("Stands behind your name if you sign with it, such as: Director of a community kitchen."),
        }

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ambassador = getattr(person, "ambassador", None)
        self.fields["role"].initial = ambassador.job_title[:120] if ambassador else ""


class TeamMemberConfirmForm(forms.Form):
    """What of a proposal is shown. The role always is: without it there would be no line."""

    name = forms.BooleanField(required=False)
    text = forms.BooleanField(required=False)
    photo = forms.BooleanField(required=False)
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, member: TeamMember, **kwargs: Any) -> None:
        agreed = member.status == member.Status.SHOWN
        chosen = {"name": bool(member.shown_name), "text": bool(member.shown_text), "photo": bool(member.shown_photo_id)}
        initial = chosen if agreed else dict.fromkeys(chosen, True)
        super().__init__(*args, **kwargs)
        self.initial = initial | {"seen": member.words_mark}
        self.fields["name"].label = _("My name: %(name)s") % {"name": member.user.name}
        self.fields["text"].label = _("The words about me")
        self.fields["photo"].label = _("My photo")
        for name, there in (("text", member.text), ("photo", member.photo_id)):
            if not there:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """What is not proposed is not shown."""
        return {"text": False, "photo": False, **(super().clean() or {})}
