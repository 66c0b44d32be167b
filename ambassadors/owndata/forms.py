"""Forms about one's own data and place: few fields, plain choices."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Erasure, ReturnRequest
from foundation.audiences import Audience

LONGEST_PAUSE = timedelta(days=730)


class PauseForm(forms.Form):
    """Until when, if that is known."""

    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("If you know the day, you are back on it by yourself. Leave it empty to come back when you like."),
    )

    def clean_until(self) -> date | None:
        """A day to come, and not beyond two years."""
        until: date | None = self.cleaned_data["until"]
        today = timezone.localdate()
        if until and not today < until <= today + LONGEST_PAUSE:
            raise ValidationError(_("Choose a day between tomorrow and two years from now, or leave it empty."))
        return until


class LeaveForm(forms.Form):
    """What stays of somebody who leaves: who finds them, and under which name their words stand."""

    listed_for = forms.ChoiceField(
        label=_("Who may find you as an alumnus"),
        widget=forms.RadioSelect,
        choices=[
            (Audience.STAFF, _("Nobody but the support team: I would rather not be shown")),
            (Audience.MEMBERS, _("Ambassadors: they may see that I was here")),
            (Audience.PUBLIC, _("Everybody: I am glad to be named as an alumnus")),
        ],
    )
    credit = forms.ChoiceField(
        label=_("What you contributed"),
        widget=forms.RadioSelect,
        choices=[("name", _("keeps my name")), ("none", _("is shown as that of “a former member”"))],
    )


class ReturnForm(forms.ModelForm):
    """A wish to come back, with a few words or none."""

    class Meta:
        model = ReturnRequest
        fields = ["words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 4})}


class ErasureForm(forms.Form):
    """What becomes of the person's words, and a tick that says that all this has been read."""

    words = forms.ChoiceField(label=_("What you said to others"), widget=forms.RadioSelect, choices=Erasure.Words.choices)
    is_sure = forms.BooleanField(label=_("I have read what goes and what stays"))


class ErasureForSomebodyForm(forms.Form):
    """For the support team: how the person asked, and what they want of their words."""

    reason = forms.CharField(
        label=_("How the person asked for it, and how you know that it was them"),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        max_length=2000,
    )
    words = forms.ChoiceField(
        label=_("What they said to others"),
        choices=[
            (Erasure.Words.KEEP, _("stays, as that of “a former member”")),
            (Erasure.Words.REMOVE, _("is removed: they asked for that")),
        ],
    )


def initial_of_leaving(ambassador: Any) -> dict[str, str]:
    """What is chosen beforehand: what the person said in their profile, and their name on their words."""
    return {"listed_for": ambassador.alumni_listed_for, "credit": "name"}
