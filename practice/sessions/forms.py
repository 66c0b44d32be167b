"""What whoever runs a session fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from practice.models import InstrumentItem, LearningSession
from practice.sessions.pasted import Named, read_people

Level = InstrumentItem.Level


class ModuleChoice(forms.ModelMultipleChoiceField):
    """Modules, by their numbers and titles."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=InstrumentItem.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.text}"


class SessionForm(forms.ModelForm):
    """Why, what, how openly, and until when."""

    modules = ModuleChoice(
        label=_("What do you look at?"),
        help_text=_("One module takes a respondent about ten minutes. Rather few at a time, and often."),
    )
    openness = forms.ChoiceField(
        label=_("Who learns who said what?"),
        widget=forms.RadioSelect,
        choices=[
            ("anonymous", _("Nobody: figures only from four answers on, and only once it is closed")),
            ("open", _("You and all respondents: answers carry names, which everybody is told before the first one")),
        ],
    )

    class Meta:
        model = LearningSession
        fields = ["purpose", "modules", "openness", "due_on"]
        widgets = {"purpose": forms.Textarea(attrs={"rows": 4}), "due_on": forms.DateInput(attrs={"type": "date"})}
        help_texts = {"purpose": _("Respondents read it first. What do you hope to talk about afterwards?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        modules = self.instance.instrument_edition.items.filter(level=Level.MODULE)
        self.fields["modules"].queryset = modules  # type: ignore[attr-defined]
        if self.instance.status == LearningSession.Status.OPEN:
            for name in ("purpose", "modules", "openness"):
                del self.fields[name]
        self.fields["due_on"].required = True


class RespondentsForm(forms.Form):
    """People, pasted; for which modules; with a word to them."""

    people = forms.CharField(
        label=_("Who answers?"),
        widget=forms.Textarea(attrs={"rows": 7, "placeholder": "Ada Example <ada@yours.example>, board"}),
        help_text=_("One a line: a name and an address, and perhaps a group such as board or staff. Lines from a table work, too."),
        max_length=60_000,
    )
    modules = ModuleChoice(label=_("Which modules?"), required=False, help_text=_("All of them without a choice."))
    note = forms.CharField(
        label=_("A word to them"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in their invitation, under your name."),
    )

    def __init__(self, session: LearningSession, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["modules"].queryset = session.modules.all()  # type: ignore[attr-defined]

    def clean_people(self) -> list[Named]:
        return read_people(self.cleaned_data["people"])


class ReplaceForm(forms.Form):
    """Somebody else."""

    people = forms.CharField(label=_("Who answers instead?"), max_length=300, help_text=_("A name and an address."))

    def clean_people(self) -> Named:
        found = read_people(self.cleaned_data["people"])
        if len(found) != 1:
            raise forms.ValidationError(_("One person, please."))
        return found[0]
