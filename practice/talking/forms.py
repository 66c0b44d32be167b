"""An action, how it ended, and a note of the room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practice.models import Action, InstrumentItem, LearningSession, RoomNote


class PointChoice(forms.ModelChoiceField):
    """A proof point, by its number and text."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.text}"[:90]


class ActionForm(forms.ModelForm):
    """What, who, by when."""

    item = PointChoice(InstrumentItem.objects.none(), label=gettext_lazy("From which proof point?"), required=False)

    class Meta:
        model = Action
        fields = ["words", "owner", "due_on", "address", "item"]
        widgets = {"words": forms.Textarea(attrs={"rows": 2}), "due_on": forms.DateInput(attrs={"type": "date"})}

    def __init__(self, session: LearningSession, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = session.instrument_edition.items.filter(
            level=InstrumentItem.Level.PROOF_POINT, parent__parent__in=session.modules.all()
        )
        self.fields["item"].queryset = points  # type: ignore[attr-defined]

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if due_on < timezone.localdate() and due_on != self.initial.get("due_on"):
            raise forms.ValidationError(_("This day is over: choose one to come."))
        return due_on


class EndForm(forms.Form):
    """What came of it."""

    came_of = forms.CharField(label=gettext_lazy("What came of it?"), required=False, max_length=500)


class NoteForm(forms.ModelForm):
    """A note."""

    class Meta:
        model = RoomNote
        fields = ["words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}
        labels = {"words": gettext_lazy("What was said, and what surprised you?")}
