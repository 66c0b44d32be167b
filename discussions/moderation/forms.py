"""Forms of moderation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from discussions.models import Report


class PostReportForm(forms.ModelForm):
    """What is wrong with a post."""

    class Meta:
        model = Report
        fields = ["reason", "words"]
        widgets = {"reason": forms.RadioSelect, "words": forms.Textarea({"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason: Any = self.fields["reason"]
        reason.choices = Report.Reason.choices
        self.fields["words"].label = _("In your own words")
        self.fields["words"].help_text = _("What should whoever looks at it know? Needed only for “Something else”.")


class ReportNoteForm(forms.Form):
    """A note for the other handlers."""

    words = forms.CharField(label=_("A note for the other handlers"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class ReportSettleForm(forms.Form):
    """How a report ends."""

    acted = forms.TypedChoiceField(
        label=_("How it ends"),
        choices=[("yes", _("Something was done")), ("no", _("It is left as it is"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(
        label=_("What the one who reported is told"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("They get these words by mail, with your name."),
    )


class ReasonForm(forms.Form):
    """Why something is hidden."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Its author reads this. Say which norm it is about, and what would help."),
    )


class LockForm(forms.Form):
    """A word to the readers of a locked conversation."""

    reason = forms.CharField(
        label=_("A word to its readers"),
        max_length=500,
        required=False,
        help_text=_("It stands at the top: where to go on talking, for instance. You may leave it empty."),
    )
