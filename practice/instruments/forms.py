"""The text of an instrument, typed or as a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from practice.instruments.content import Instrument
from practice.instruments.reading import MOST_BYTES, Unreadable, read_instrument


class SourceForm(forms.Form):
    """YAML. `found` is what it asks, once the form is valid; what is wrong with it is said line by line, and the field goes to the first."""

    use_required_attribute = False  # a file may take the place of the text
    source = forms.CharField(
        label=_("Text of the instrument"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 28, "cols": 100, "wrap": "off", "spellcheck": "false", "data-lines": True}),
        help_text=_("YAML. What it holds is said below."),
    )
    file = forms.FileField(label=_("Or a file"), required=False, help_text=_("Takes the place of what stands above."))
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    found: Instrument | None = None

    def __init__(self, *args: Any, may_write: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].required = not self.files
        self.fields["source"].widget.attrs["readonly"] = not may_write

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if file := said.get("file"):
            said["source"] = self._text_of(file)
            self.data = {**self.data.dict(), "source": said["source"]}  # type: ignore[attr-defined]  # shown again with its errors
        if not self.errors:
            try:
                self.found = read_instrument(said.get("source", ""))
            except Unreadable as unreadable:
                self.fields["source"].widget.attrs["data-line"] = unreadable.problems[0].line
                for problem in unreadable.problems:
                    self.add_error("source", str(problem))
        return said

    def _text_of(self, file: Any) -> str:
        if file.size > MOST_BYTES:
            self.add_error("file", _("The file is longer than %(kb)s kB.") % {"kb": MOST_BYTES // 1000})
            return ""
        try:
            return str(file.read().decode("utf-8-sig")).replace("\r\n", "\n").replace("\0", "")
        except UnicodeDecodeError:
            self.add_error("file", _("This is no text in UTF-8: save it as such, please."))
            return ""
