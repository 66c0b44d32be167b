"""The forms of a review: what a reviewer says of the whole, of a passage, and when they cannot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import Script
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.models import CommentAnswer, EditionComment, Review, ReviewCriterion
from products.models.review import WORDS_ROOM
from products.reviewing.workflow.writing import ANSWER_ROOM

MARKS = [
    ("1", gettext_lazy("1: not at all")),
    ("2", gettext_lazy("2: hardly")),
    ("3", gettext_lazy("3: in part")),
    ("4", gettext_lazy("4: mostly")),
    ("5", gettext_lazy("5: fully")),
]
YES_NO = [("no", gettext_lazy("No")), ("yes", gettext_lazy("Yes"))]
PLAIN = ("for_authors", "against", "interest", "for_editors", "verdict")


def _words(label: Any, rows: int = 4, room: int = WORDS_ROOM, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=room, widget=forms.Textarea(attrs={"rows": rows}), **options)


def _choice(label: Any, choices: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect, **options)


class ReviewForm(forms.Form):
    """A review as it is written: it may lack anything, until it is handed in; what it lacks then the workflow says."""

    use_required_attribute = False
    revision = forms.IntegerField(widget=forms.HiddenInput)
    for_authors = _words(
        gettext_lazy("To the authors"),
        rows=6,
        help_text=gettext_lazy("What works, and what you would change. Say it as you would across a table."),
    )
    against = _words(
        gettext_lazy("What speaks against this?"),
        help_text=gettext_lazy(
            "The best case you can make against what it says, or what it leaves out, even if you agree with it. "
        ),
    )
    has_interest = _choice(
        gettext_lazy("Do you have an interest in this?"),
        YES_NO,
        help_text=gettext_lazy("Money, work, friendship, a rival view: whatever a reader would want to know. "),
    )
    interest = _words(gettext_lazy("If yes, which one?"), rows=2, room=1000)
    verdict = _choice(gettext_lazy("What would you do with it?"), Review.Verdict.choices)
    openness = _choice(gettext_lazy("Who may know that this review is yours?"), Review.Openness.choices)
    for_editors = _words(gettext_lazy("To the editors alone"), rows=3, help_text=gettext_lazy("The authors never read this."))

    def __init__(self, review: Review, data: Any = None) -> None:
        self.review = review
        kind = review.round.edition.product.kind
        self.criteria: list[ReviewCriterion] = list(ReviewCriterion.objects.asked(kind))  # unscoped: the form of this review
        super().__init__(data, initial=self._kept() if data is None else None)
        if review.round.is_anonymous:
            del self.fields["openness"]
        for one in self.criteria:
            if one.is_rated:
                self.fields[f"mark-{one.pk}"] = _choice(one.question, MARKS, help_text=escape(one.help_text))
            label = _("A word on it") if one.is_rated else one.question
            about = "" if one.is_rated else escape(one.help_text)
            self.fields[f"answer-{one.pk}"] = _words(label, rows=2, room=ANSWER_ROOM, help_text=about)

        if data is None:
            self.say_what_is_needed()

    class Media:
        js = (Script("js/review.js", defer=True),)

    def say_what_is_needed(self) -> None:
        """Mark, on the page, what it cannot be handed in without: a draft may lack it."""
        for name in ["against", "has_interest", "verdict", *(f"mark-{one.pk}" for one in self.criteria if one.is_rated)]:
            self.fields[name].required = True

    def _kept(self) -> dict[str, Any]:
        one = self.review
        interest = "" if one.has_interest is None else "yes" if one.has_interest else "no"
        kept: dict[str, Any] = {"revision": one.revision, "has_interest": interest, "openness": one.openness}
        kept |= {name: getattr(one, name) for name in PLAIN}
        for criterion in self.criteria:
            said = one.answers.get(str(criterion.pk), {})
            kept |= {f"mark-{criterion.pk}": str(said.get("mark") or ""), f"answer-{criterion.pk}": said.get("words", "")}
        return kept

    def asked(self) -> Iterator[tuple[Any, Any]]:
        """The questions in their order: the field for a mark, where there is one, and that for words."""
        for one in self.criteria:
            yield (self[f"mark-{one.pk}"] if one.is_rated else None), self[f"answer-{one.pk}"]

    def said(self) -> dict[str, Any]:
        """What the form brings, as `workflow.save_review` takes it."""
        given = self.cleaned_data
        brought: dict[str, Any] = {name: given[name] for name in PLAIN}
        brought["has_interest"] = {"yes": True, "no": False}.get(given["has_interest"])
        brought["openness"] = given.get("openness") or self.review.openness
        answers = {
            str(one.pk): {"mark": given.get(f"mark-{one.pk}") or None, "words": given[f"answer-{one.pk}"]} for one in self.criteria
        }
        return brought | {"answers": answers}

    def add_missing(self, errors: dict[str, list[str]]) -> None:
        """Put what the workflow found missing beside its fields: the mark of a question where it has one."""
        self.say_what_is_needed()
        for name, said in errors.items():
            mark = name.replace("answer-", "mark-")
            self.add_error(mark if mark in self.fields else name if name in self.fields else None, said)


class RemarkForm(forms.Form):
    """A comment on a passage: which one, the words that were marked in it, and what one says."""

    part = forms.SlugField(required=False, max_length=80, widget=forms.HiddenInput)
    block = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    quoted = forms.CharField(
        required=False, max_length=EditionComment._meta.get_field("quoted").max_length, widget=forms.HiddenInput
    )
    words = forms.CharField(label=gettext_lazy("Your comment"), max_length=WORDS_ROOM, widget=forms.Textarea(attrs={"rows": 3}))


class DeclineForm(forms.Form):
    """Saying no, with a word and a name if one likes."""

    words = _words(gettext_lazy("A word to the editor, if you like"), rows=2, room=1000)
    instead = forms.CharField(label=gettext_lazy("Somebody who could instead"), required=False, max_length=140)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "id_decline_%s")  # a comment has words, too, on the same page
        super().__init__(*args, **kwargs)


class AnswerForm(forms.Form):
    """What authors did about a comment."""

    did = forms.ChoiceField(label=gettext_lazy("What you did"), choices=CommentAnswer.Did.choices, widget=forms.RadioSelect)
    words = _words(gettext_lazy("A word about it"), rows=2, room=2000)
