from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import AssessmentMark, Criterion, VettingAssignment, VettingQuestion
from ambassadors.models.nomination import WORDS_ROOM
from ambassadors.vetting.workflow import Assessment

Acquaintance, View, Mark = VettingAssignment.Acquaintance, VettingAssignment.View, AssessmentMark.Mark


def _words(label: Any, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=WORDS_ROOM, widget=forms.Textarea(attrs={"rows": rows}), **options
    )


class AssessmentForm(forms.Form):
    """One vetter's assessment under the criteria of the case. A draft may lack anything; `is_given` asks for what it needs."""

    use_required_attribute = False  # a draft may lack what the whole needs
    revision = forms.IntegerField(widget=forms.HiddenInput)
    acquaintance = forms.ChoiceField(
        label=gettext_lazy("How well do you know them?"),
        choices=Acquaintance.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Not at all is fine: then you judge what is written. Too well to judge? Step back, below."),
    )
    view = forms.ChoiceField(
        label=gettext_lazy("What would you do?"), choices=View.choices, required=False, widget=forms.RadioSelect
    )
    comment = _words(
        gettext_lazy("Your assessment, in a few sentences"),
        rows=5,
        help_text=gettext_lazy("The leads, those who decide and the other vetters read it. The one who nominated does not."),
    )

    def __init__(self, assignment: VettingAssignment, data: Any = None, *, is_given: bool = False) -> None:
        self.assignment, self.is_given = assignment, is_given
        edition = assignment.nomination.criteria
        self.criteria: list[Criterion] = list(edition.criteria.all()) if edition else []
        self.questions: list[VettingQuestion] = list(edition.questions.all()) if edition else []
        super().__init__(data, initial=self._kept() if data is None else None)
        for criterion in self.criteria:
            self.fields[f"mark-{criterion.pk}"] = forms.ChoiceField(
                label=_("What do you see of it?"), choices=Mark.choices, required=False, widget=forms.RadioSelect
            )
            self.fields[f"word-{criterion.pk}"] = _words(_("A word on it"), rows=2)
        for question in self.questions:
            self.fields[f"answer-{question.pk}"] = _words(question.text, help_text=escape(question.help_text))
        if is_given or data is None:  # an empty form says what it will need; a draft may lack it
            self._ask_for_what_it_needs()

    def _kept(self) -> dict[str, Any]:
        one = self.assignment
        kept: dict[str, Any] = {"revision": one.revision, "view": one.view, "comment": one.comment}
        kept["acquaintance"] = one.acquaintance
        for mark in one.marks.all():
            kept |= {f"mark-{mark.criterion_id}": mark.mark, f"word-{mark.criterion_id}": mark.comment}
        return kept | {f"answer-{answer.question_id}": answer.text for answer in one.answers.all()}

    def _ask_for_what_it_needs(self) -> None:
        needed = ["view", "acquaintance"]
        needed += [f"mark-{one.pk}" for one in self.criteria if one.kind == Criterion.Kind.MUST]
        needed += [f"answer-{one.pk}" for one in self.questions if one.is_required]
        for name in needed:
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = _("Please choose.") if name[:6] != "answer" else _("Please answer.")

    def rows(self) -> Iterator[tuple[Criterion, Any, Any]]:
        """Each criterion with the fields for its mark and a word."""
        for one in self.criteria:
            yield one, self[f"mark-{one.pk}"], self[f"word-{one.pk}"]

    def asked(self) -> list[Any]:
        """The fields of the questions."""
        return [self[f"answer-{one.pk}"] for one in self.questions]

    def said(self) -> Assessment:
        """What the form brings."""
        given = self.cleaned_data
        return Assessment(
            given["view"],
            given["acquaintance"],
            given["comment"],
            {one.pk: (given[f"mark-{one.pk}"], given[f"word-{one.pk}"]) for one in self.criteria},
            {one.pk: given[f"answer-{one.pk}"] for one in self.questions},
        )


class AmendForm(forms.Form):
    """What a vetter adds, having read the others."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("What you add, having read the others"), max_length=WORDS_ROOM, widget=forms.Textarea(attrs={"rows": 4})
    )
    view = forms.ChoiceField(
        label=gettext_lazy("What you would do now"),
        choices=[("", gettext_lazy("the same as before")), *View.choices],
        required=False,
    )


class ConcernForm(forms.Form):
    """What the vetting leads alone read."""

    text = forms.CharField(label=gettext_lazy("What concerns you"), max_length=WORDS_ROOM, widget=forms.Textarea(attrs={"rows": 4}))
