"""Forms of first looks and of what comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.forms import Script
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ambassadors.cleaning import clean_line
from ambassadors.picking import PeopleField, PersonField
from discussions.models import Space
from foundation.fields import RichTextFormField, RichTextWidget
from welcome.first_look.answering import Box, Said
from welcome.first_look.preparing import Asked, usual_questions
from welcome.models import FirstLook, Improvement
from welcome.models.first_look import WORDS_ROOM

if TYPE_CHECKING:
    from ambassadors.models import User
    from welcome.models import LookAnswer

QUESTIONS = 5
AT_ONCE = 30


class FirstLookForm(forms.ModelForm):
    """A first look: what it is called, where it is discussed, by when, and what it asks."""

    class Meta:
        model = FirstLook
        fields = ["title", "words", "space", "due_on", "teams"]
        widgets = {
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "words": forms.Textarea(attrs={"rows": 4}),
            "teams": forms.RadioSelect,
        }
        help_texts = {
            "words": _(
                "Where to look, how long it takes, whom to ask. It begins the conversation and stands in the mail to each pair."
            )
        }

    def __init__(
        self, *args: Any, spaces: QuerySet[Space], asked: list[Asked] | None = None, fixed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = spaces  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["space"].empty_label = _("Choose a space")  # type: ignore[attr-defined]  # likewise
        self.fixed = fixed
        if fixed:
            del self.fields["space"]
        else:
            self._ask(usual_questions() if asked is None else asked)

    def _ask(self, asked: list[Asked]) -> None:
        rows = [*asked, *[Asked("")] * (QUESTIONS - len(asked))][:QUESTIONS]
        for number, one in enumerate(rows, start=1):
            self.fields[f"text_{number}"] = forms.CharField(
                label=_("What is asked"), max_length=200, required=number == 1, initial=one.text
            )
            self.fields[f"parts_{number}"] = forms.IntegerField(
                label=_("How many answers"), min_value=1, max_value=5, initial=one.parts
            )
            self.fields[f"makes_{number}"] = forms.BooleanField(
                label=_("Each answer is an improvement to look after"),
                required=False,
                initial=one.makes_improvements,
            )

    @property
    def questions(self) -> list[list[Any]]:
        """The fields of each question, as the page shows them."""
        numbers = range(1, QUESTIONS + 1) if not self.fixed else ()
        return [[self[f"{name}_{number}"] for name in ("text", "parts", "makes")] for number in numbers]

    def clean_title(self) -> str:
        return clean_line(self.cleaned_data["title"])

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if "due_on" in self.changed_data and day < timezone.localdate():
            raise forms.ValidationError(_("Choose a day to come."))
        return day

    def said(self) -> dict[str, Any]:
        """What `preparing` takes: the fields of the look."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}

    def asked(self) -> list[Asked] | None:
        """The questions, those without words left out; None where they stay as they are."""
        if self.fixed:
            return None
        numbers = [number for number in range(1, QUESTIONS + 1) if self.cleaned_data[f"text_{number}"].strip()]
        return [
            Asked(
                clean_line(self.cleaned_data[f"text_{one}"]), self.cleaned_data[f"parts_{one}"], self.cleaned_data[f"makes_{one}"]
            )
            for one in numbers
        ]


class LookInviteForm(forms.Form):
    """Who takes part: newcomers, and anybody else by name."""

    newcomers: Any = forms.ModelMultipleChoiceField(
        queryset=None, required=False, label=_("New here, and in no first look yet"), widget=forms.CheckboxSelectMultiple
    )
    names = PeopleField(
        label=_("And by name"),
        most=AT_ONCE,
        too_many=_("At most thirty people at a time."),
        required=False,
        help_text=_("Full names, with commas between them."),
    )

    def __init__(self, data: Any = None, *, newcomers: QuerySet[Any], reader: User) -> None:
        super().__init__(data)
        people: Any = self.fields["newcomers"]
        people.queryset = newcomers
        self.fields["names"].reader = reader  # type: ignore[attr-defined]  # a PeopleField

    def people(self) -> list[User]:
        """All of them, each once."""
        return list(dict.fromkeys([*self.cleaned_data["newcomers"], *self.cleaned_data["names"]]))


class LookPairForm(forms.Form):
    """Two or three people who wait, and a reason where one is needed."""

    people: Any = forms.ModelMultipleChoiceField(
        queryset=None, label=_("Who looks together: two people, or three"), widget=forms.CheckboxSelectMultiple
    )
    why = forms.CharField(
        label=_("If both would like a hand with websites: why these two all the same"),
        max_length=240,
        required=False,
        help_text=_("Only the support team reads it."),
    )

    def __init__(self, data: Any = None, *, waiting: QuerySet[Any]) -> None:
        super().__init__(data)
        people: Any = self.fields["people"]
        people.queryset = waiting


class LookJoinForm(forms.Form):
    """Somebody who comes to a pair."""

    person = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(max_length=240, required=False, widget=forms.HiddenInput)


class LookAnswersForm(forms.Form):
    """What a pair answers. Each answer goes with the revision that its writer had before them."""

    class Media:
        js = (Script("js/pair_answers.js", defer=True),)

    def __init__(self, data: Any = None, *, boxes: list[Box], known: dict[tuple[int, int], LookAnswer]) -> None:
        super().__init__(data)
        self.boxes = boxes
        for box in boxes:
            there = known.get((box.question.pk, box.part))
            self.fields[f"answer_{box.number}"] = forms.CharField(
                label=_now("Answer %(number)d") % {"number": box.number},
                required=False,
                max_length=WORDS_ROOM,
                initial=there.words if there else "",
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            self.fields[f"revision_{box.number}"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, min_value=0, initial=there.revision if there else 0
            )

    def said(self) -> dict[int, Said]:
        """The words of each answer that the form sent, by its number."""
        return {
            box.number: Said(self.cleaned_data[f"answer_{box.number}"], self.cleaned_data[f"revision_{box.number}"] or 0)
            for box in self.boxes
            if f"answer_{box.number}" in self.data
        }

    @property
    def rows(self) -> list[tuple[Box, Any, Any]]:
        """Each box with its two fields, as the page shows them."""
        return [(box, self[f"answer_{box.number}"], self[f"revision_{box.number}"]) for box in self.boxes]


class LookReplyForm(forms.Form):
    """What one says to an answer, in the conversation about the look."""

    body = RichTextFormField(label=_("Your words"), widget=RichTextWidget({"rows": 5}))
    sent_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"sent_key": uuid4()}, **kwargs})


class ImprovementOwnerForm(forms.Form):
    """Who looks after it."""

    owner = PersonField(label=_("Who looks after it"), required=False, help_text=_("A full name. Nobody: you do."))

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].reader = reader  # type: ignore[attr-defined]  # a PersonField


class ImprovementNoteForm(forms.Form):
    """A word to those who suggested it."""

    note = forms.CharField(
        label=_("A word to its authors"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ImprovementReasonForm(forms.Form):
    """Why it is not done now."""

    note = forms.CharField(
        label=_("Why not now"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Its authors read it.")
    )


class ImprovementMergeForm(forms.Form):
    """The one that goes on."""

    into: Any = forms.ModelChoiceField(
        queryset=Improvement.objects.none(), label=_("It says the same as"), empty_label=_("Choose one")
    )

    def __init__(self, *args: Any, others: QuerySet[Improvement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.queryset = others
        into.label_from_instance = lambda one: one.words[:90]
