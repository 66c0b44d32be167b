"""A file of answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from practice.files.answers import Asked, Collected, Filled, all_answers, own_answers
from practice.files.reading import read_lines


class AnswersForm(forms.Form):
    """The answers of several people. What this edition does not ask is named, and left out once that is said to be right."""

    file = forms.FileField(
        label=_("A file of answers"),
        help_text=_("CSV or XLSX, as you fetch it from an open round: each line is one answer of one person."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    leave_out = forms.BooleanField(
        label=_("Leave out what this round does not ask"),
        required=False,
        help_text=_(
            "Such as proof points that another edition asked. Without this tick, nothing is put in while there are such lines."
        ),
    )

    def __init__(self, asked: Asked, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked

    def clean_file(self) -> Collected:
        return all_answers(read_lines(self.cleaned_data["file"]), self.asked)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        collected = said.get("file")
        if collected and collected.unmapped and not said.get("leave_out"):
            keys = ", ".join(collected.unmapped[:40])
            self.add_error("leave_out", _("This round does not ask: %(keys)s.") % {"keys": keys})
        return said


class WorksheetForm(forms.Form):
    """One's own worksheet."""

    file = forms.FileField(
        label=_("Your worksheet, filled in"),
        help_text=_("CSV or XLSX, as you fetch it here. Lines that you leave open change nothing."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def __init__(self, asked: Asked, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked

    def clean_file(self) -> Filled:
        return own_answers(read_lines(self.cleaned_data["file"]), self.asked)
