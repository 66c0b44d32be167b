"""What editors fill in: a round, and whom they ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.picking import PersonField
from products.models import Readership, ReviewRound

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
HIDES = [
    ("nothing", _("Authors and reviewers may know of each other; each reviewer decides")),
    ("reviewers", _("Authors do not learn who reviewed")),
    ("both", _("Neither learns who the other is")),
]


class RoundForm(forms.Form):
    """A round before it is opened."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    due_on = forms.DateField(label=_("Reviews wanted by"), widget=DATE)
    reviews_needed = forms.IntegerField(label=_("Reviews needed"), min_value=0, max_value=20)
    needs_fewer_because = forms.CharField(
        label=_("Why fewer than usual"),
        max_length=300,
        required=False,
        help_text=_("Only if you ask for fewer; the reason is kept."),
    )
    hides = forms.ChoiceField(
        label=_("Who learns whose words they are"), choices=HIDES, widget=forms.RadioSelect, initial="nothing"
    )
    although_named = forms.BooleanField(
        label=_("Hide the authors although the text says who they are"),
        required=False,
        help_text=_("You are asked only where it does."),
    )
    note = forms.CharField(
        label=_("What you would like looked at"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def asks_once_more(self) -> bool:
        """Whether it was found that the text says who wrote it: only then the editor is asked."""
        return "although_named" in self.errors or bool(self.data.get("although_named"))

    def said(self) -> dict[str, Any]:
        """What the form brings, as `workflow.open_round` takes it."""
        given = dict(self.cleaned_data)
        hides = given.pop("hides")
        return given | {"is_anonymous": hides != "nothing", "hides_authors": hides == "both"}


class InviteForm(forms.Form):
    """Whom to ask, until when, and with which words."""

    person = PersonField(label=_("Whom you ask"))
    due_on = forms.DateField(label=_("Wanted by"), widget=DATE, required=False)
    note = forms.CharField(
        label=_("A word to them"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why you think of them: people say yes to that."),
    )
    is_required = forms.BooleanField(label=_("Nothing is decided without this review"), required=False)
    speaks_for = forms.ModelChoiceField(
        Readership.objects.none(),
        label=_("They belong to the audience"),
        required=False,
        empty_label=_("not asked as one of an audience"),
    )
    despite = forms.CharField(
        label=_("Why nevertheless"),
        max_length=300,
        required=False,
        help_text=_("Where something speaks against it; the reason is kept."),
    )
    reasons = forms.CharField(required=False, max_length=600, widget=forms.HiddenInput)
    instead = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, opened: ReviewRound, *args: Any, reader: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.reader = reader
        readership: Any = self.fields["speaks_for"]
        own = opened.edition.product.readership
        readership.queryset = Readership.objects.filter(pk__in=[own.pk] if own else [])  # unscoped: the community's vocabulary
        if own is None:
            del self.fields["speaks_for"]


class NeedsForm(forms.Form):
    """Fewer reviews than usual, or as many again."""

    reviews_needed = forms.IntegerField(label=_("Reviews needed"), min_value=0, max_value=20)
    needs_fewer_because = forms.CharField(label=_("Why fewer than usual"), max_length=300, required=False)


class DayForm(forms.Form):
    """Another day for everybody who still writes."""

    due_on = forms.DateField(label=_("Reviews wanted by"), widget=DATE)
