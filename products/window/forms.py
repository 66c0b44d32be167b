"""What one says, answers and decides in a community review."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from products.models import Opinion
from products.window.workflow import REASON_ROOM, WORDS_ROOM

K = Opinion.Kind


class OpinionForm(forms.Form):
    """One of three, and words: only to stand behind it needs none."""

    kind = forms.ChoiceField(label=_("What do you say?"), choices=K.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=WORDS_ROOM,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("All members read them, with your name. A suggestion and an objection need a few."),
    )

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("kind") in {K.SUGGESTS, K.OBJECTS} and not self.cleaned_data.get("words", "").strip():
            self.add_error("words", _("Say it in a few words: everybody here reads them."))
        return self.cleaned_data


class WordsForm(forms.Form):
    """Words about one opinion. `revision` is that of the opinion which the page showed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, opinion: Opinion, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id=f"id_%s_{opinion.pk}")  # several of them stand on one page
        self.fields["revision"].initial = opinion.revision

    def say_of_what_stands_there(self, opinion: Opinion) -> None:
        """Keep the words that were sent, and let them speak of what the page shows now."""
        said = cast("QueryDict", self.data).copy()
        said["revision"] = str(opinion.revision)
        self.data = said


class AnswerForm(WordsForm):
    """An answer."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=WORDS_ROOM,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They get it by mail, and all members read it here with your name."),
    )


class OverrideForm(WordsForm):
    """Why it is published all the same."""

    reason = forms.CharField(
        label=_("Why it is published all the same"),
        max_length=REASON_ROOM,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It stays below the objection with your name, and all members read it."),
    )


class ReopenForm(WordsForm):
    """Why the answer does not settle it."""

    words = forms.CharField(
        label=_("What it does not answer"),
        max_length=WORDS_ROOM,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They stand below what you said before. You can do this once."),
    )
