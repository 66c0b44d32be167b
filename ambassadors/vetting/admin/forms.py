from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Decision
from ambassadors.models.nomination import WORDS_ROOM
from ambassadors.vetting.suggesting import Candidate

O = Decision.Outcome  # noqa: E741  as the model names it


def _words(label: Any, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=WORDS_ROOM, widget=forms.Textarea(attrs={"rows": rows}), **options)


class AssignForm(forms.Form):
    """Who is given the case: chosen from a list with the reasons beside each name."""

    vetters = forms.MultipleChoiceField(label=_("Vetters"), widget=forms.CheckboxSelectMultiple)
    even_away = forms.BooleanField(label=_("I know that somebody I chose is away"), required=False)

    def __init__(self, able: list[Candidate], data: Any = None, *, most: int = 0) -> None:
        chosen = [str(one.person.pk) for one in able if one.is_here][:most]
        super().__init__(data, initial={"vetters": chosen})
        vetters: Any = self.fields["vetters"]
        vetters.choices = [(one.person.pk, f"{one.person} ({one.reason})") for one in able]


class SubstituteForm(forms.Form):
    """Who takes over."""

    vetter = forms.ChoiceField(label=_("Who takes over"))
    even_away = forms.BooleanField(label=_("I know that they are away"), required=False)

    def __init__(self, able: list[Candidate], data: Any = None) -> None:
        super().__init__(data)
        vetter: Any = self.fields["vetter"]
        vetter.choices = [(one.person.pk, f"{one.person} ({one.reason})") for one in able]


class DecideForm(forms.Form):
    """The decision: reasons for the file, and in a field of their own the words that the nominator gets."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("Decision"), choices=O.choices, widget=forms.RadioSelect)
    reasons = _words(_("Reasons, for the file"), help_text=_("Leads and those who decide read them. They go into no mail."))
    told = _words(
        _("What the nominator is told"),
        required=False,
        help_text=_(
            "Goes by mail to the one who nominated, word by word. Needed for “not now” and “decline”; say nothing that a vetter told you."
        ),
    )
    revisit_on = forms.DateField(
        label=_("Look at it again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("For “not now”. It comes back by itself when this day begins, in the time zone of the site."),
    )


class SettleForm(forms.Form):
    """What came of a concern."""

    outcome = _words(_("What came of it"), rows=3)


class RaiseForm(forms.Form):
    """A concern that a lead or somebody who decides writes down."""

    text = _words(_("What concerns you"), rows=3)
