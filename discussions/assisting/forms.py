"""What an assistant writes: plain text, which is read as it stands."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from discussions.words import LONGEST


class AssistedReplyForm(forms.Form):
    """An answer, to be prepared or said."""

    sent_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    body = forms.CharField(label=_("The answer"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"]["sent_key"] = uuid4()  # type: ignore[index]  # a dict, as set above
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
