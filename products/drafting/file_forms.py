"""Forms for the files of an edition."""

from __future__ import annotations

from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazystr
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.uploads import MOST_BYTES, CheckedFileField
from products.models import EditionFile

TITLE_ROOM = EditionFile._meta.get_field("title").max_length
NOTE_ROOM = EditionFile._meta.get_field("note").max_length
WHAT_WE_TAKE = lazystr(
    gettext("A PDF, an Office or OpenDocument file, a picture, or plain text: at most %(most)s.")
    % {"most": filesizeformat(MOST_BYTES)}
)


class FileAddForm(forms.Form):
    """A file, and what it is called."""

    title = forms.CharField(
        label=_("What it is called"), max_length=TITLE_ROOM, help_text=_("Readers see this, and not the name of the file.")
    )
    file = CheckedFileField(label=_("The file"), help_text=WHAT_WE_TAKE)

    def clean_title(self) -> str:
        """One line."""
        return " ".join(str(self.cleaned_data["title"]).split())


class FileReplaceForm(forms.Form):
    """The next version of a file, and what changed."""

    file = CheckedFileField(label=_("The new version"), help_text=WHAT_WE_TAKE)
    note = forms.CharField(label=_("What changed"), max_length=NOTE_ROOM, required=False)

    def __init__(self, *args: Any, is_out: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = is_out
        self.fields["note"].help_text = _("Readers find this beside the new version.")


class FileTitleForm(forms.Form):
    """What a file is called."""

    title = forms.CharField(label=_("What it is called"), max_length=TITLE_ROOM)

    clean_title = FileAddForm.clean_title
