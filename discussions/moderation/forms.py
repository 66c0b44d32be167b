"""Forms of moderation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from discussions.models import Measure, Post, Report, Space, Thread

if TYPE_CHECKING:
    from django.db.models import QuerySet


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


class ThreadMoveForm(forms.Form):
    """Where a conversation goes."""

    space: Any = forms.ModelChoiceField(
        label=_("To which space"), queryset=Space.objects.none(), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, spaces: QuerySet[Space], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = spaces  # type: ignore[attr-defined]


class ThreadSplitForm(forms.Form):
    """Which posts go, and what the new conversation is called."""

    subject = forms.CharField(label=_("What the new conversation is about"), max_length=150)
    posts: Any = forms.ModelMultipleChoiceField(
        label=_("Which posts go there"), queryset=Post.objects.none(), error_messages={"required": _("Choose at least one post.")}
    )

    def __init__(self, posts: QuerySet[Post], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posts"].queryset = posts  # type: ignore[attr-defined]


class ThreadMergeForm(forms.Form):
    """Into which conversation another one goes: one of the latest, or one by its address."""

    into: Any = forms.ModelChoiceField(
        label=_("Into which conversation"),
        queryset=Thread.objects.none(),
        required=False,
        empty_label=_("Choose one of the latest"),
        help_text=_("Or leave this, and give its address below."),
    )
    address = forms.CharField(
        label=_("Or its address"), max_length=300, required=False, help_text=_("As it stands in the address bar of your browser.")
    )

    def __init__(self, threads: QuerySet[Thread], latest: QuerySet[Thread], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.threads = threads
        into: Any = self.fields["into"]
        into.queryset, into.label_from_instance = latest, lambda thread: f"{thread.subject} ({thread.space})"

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("into") and (number := re.search(r"discussions/(\d{1,12})/", given.get("address", ""))):
            given["into"] = self.threads.filter(pk=int(number[1])).first()
        if not given.get("into") and not self.errors:
            raise forms.ValidationError(_("Choose a conversation that you lead, too."))
        return given


class MeasureForm(forms.ModelForm):
    """What is proposed about a person."""

    class Meta:
        model = Measure
        fields = ["kind", "until", "reason"]
        widgets = {
            "kind": forms.RadioSelect,
            "until": forms.DateInput({"type": "date"}),
            "reason": forms.Textarea({"rows": 5}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [
            (Measure.Kind.WARNING, _("Warn: the person gets the reason, and nothing else changes")),
            (Measure.Kind.PAUSE, _("Pause: the person cannot sign in until a day")),
            (Measure.Kind.REMOVAL, _("Remove: the person is put out, on every device")),
        ]
        self.fields["until"].label = _("Last day of a pause")
        self.fields["reason"].help_text = _(
            "The person reads it. Say what happened, which norm it is about, and what would have helped."
        )


class AppealForm(forms.Form):
    """What somebody says against a measure."""

    words = forms.CharField(label=_("What should we know?"), max_length=5000, widget=forms.Textarea({"rows": 8}))


class MeasureAnswerForm(forms.Form):
    """How an appeal is decided."""

    lifts = forms.TypedChoiceField(
        label=_("How you decide"),
        choices=[("yes", _("It is lifted")), ("no", _("It stays"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("What you write to the person"), max_length=2000, widget=forms.Textarea({"rows": 5}))
