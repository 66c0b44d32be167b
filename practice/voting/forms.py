"""What is voted on and how; a ballot; and the hands of the room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from practice.models import InstrumentItem, PriorityVote, VoteCandidate
from practice.models.vote import MOST_DOTS
from practice.voting.candidates import Offered
from practice.voting.workflow import Terms

LINE = 200
MOST_HANDS = 999
WEEK = timedelta(days=7)
HOW = {"link": (True, False), "hands": (False, True), "both": (True, True)}


class VoteForm(forms.Form):
    """Candidates, dots, until when, and how."""

    is_filter = True  # what may stay empty says so itself

    suggested = forms.MultipleChoiceField(
        label=gettext_lazy("What your results suggest"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Where you differ most, and what matters much and is little so. Take out what is not for now."),
    )
    own = forms.CharField(
        label=gettext_lazy("In your own words"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line, as it stands on the ballot. May stay empty."),
    )
    dots = forms.TypedChoiceField(
        label=gettext_lazy("How many dots does a person have?"),
        coerce=int,
        choices=[(str(one), str(one)) for one in range(1, MOST_DOTS + 1)],
        initial="3",
        help_text=gettext_lazy("All on one, or spread."),
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How do you vote?"),
        widget=forms.RadioSelect,
        initial="link",
        choices=[
            ("link", gettext_lazy("By link: those who were asked in this round get a mail")),
            ("hands", gettext_lazy("In the room: you count, and type the counts")),
            ("both", gettext_lazy("Both, shown beside each other")),
        ],
    )
    ends_on = forms.DateField(label=gettext_lazy("Until when?"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, modules: Sequence[Offered], suggested: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {str(item.pk): item for one in modules for item in one.items}
        ticked = [pk for pk, item in self.items.items() if item.key in set(suggested)]
        self.fields["suggested"].choices = [_choice(self.items[pk]) for pk in ticked]  # type: ignore[attr-defined]
        self.fields["suggested"].initial = ticked
        self.fields["ends_on"].initial = timezone.localdate() + WEEK
        if not ticked:
            del self.fields["suggested"]
        for one in modules:
            self.fields[f"module-{one.module.pk}"] = forms.MultipleChoiceField(
                label=f"{one.module.code} {one.module.text}",
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[_choice(item) for item in one.items if str(item.pk) not in ticked],
            )

    @property
    def more(self) -> Iterator[forms.BoundField]:
        """What else can be chosen, a field a module."""
        return (self[name] for name in self.fields if name.startswith("module-"))

    def clean_own(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["own"].splitlines()]
        found = {line.casefold(): line for line in lines if line}
        if any(len(line) > LINE for line in found):
            raise forms.ValidationError(_("A line has %(most)s characters at most.") % {"most": LINE})
        return list(found.values())

    def chosen(self) -> list[InstrumentItem]:
        """The proof points and principles that were ticked."""
        names = [name for name in self.fields if name == "suggested" or name.startswith("module-")]
        return [self.items[pk] for name in names for pk in self.cleaned_data.get(name, [])]

    def terms(self) -> Terms:
        """How it is voted."""
        by_link, by_hands = HOW[self.cleaned_data["how"]]
        return Terms(self.cleaned_data["dots"], self.cleaned_data["ends_on"], by_link, by_hands)


class BallotForm(forms.Form):
    """For each candidate none, one or more of one's dots."""

    is_filter = True  # nothing in it is required

    def __init__(
        self, vote: PriorityVote, candidates: Sequence[VoteCandidate], *args: Any, given: Mapping[int, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.vote, self.candidates = vote, candidates
        for one in candidates:
            self.fields[f"c-{one.pk}"] = forms.TypedChoiceField(
                label=one.text,
                required=False,
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect,
                choices=[(str(dots), str(dots)) for dots in range(vote.dots + 1)],
                initial=str(given.get(one.pk, 0)),
            )

    @property
    def rows(self) -> Iterator[tuple[VoteCandidate, forms.BoundField]]:
        """The candidates in their order, each with its field."""
        return ((one, self[f"c-{one.pk}"]) for one in self.candidates)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        given, most = sum(self.dots().values()), self.vote.dots
        if self.errors:
            return data
        if not given:
            raise forms.ValidationError(_("Give at least one dot to something."))
        if given > most:
            said = {"most": most, "given": given, "over": given - most}
            raise forms.ValidationError(
                ngettext(
                    "You have %(most)s dot and gave %(given)s: take %(over)s back.",
                    "You have %(most)s dots and gave %(given)s: take %(over)s back.",
                    most,
                )
                % said
            )
        return data

    def dots(self) -> dict[int, int]:
        """How many dots each candidate gets, by its key."""
        return {one.pk: self.cleaned_data.get(f"c-{one.pk}") or 0 for one in self.candidates}


class HandsForm(forms.Form):
    """What was counted in the room, for each candidate."""

    is_filter = True  # nothing in it is required

    def __init__(self, candidates: Sequence[VoteCandidate], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        for one in candidates:
            self.fields[f"h-{one.pk}"] = forms.IntegerField(
                label=f"{one.code} {one.text}".strip(),
                required=False,
                min_value=0,
                max_value=MOST_HANDS,
                initial=one.hands,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def hands(self) -> dict[int, int | None]:
        """The counts, by the keys of the candidates."""
        return {one.pk: self.cleaned_data[f"h-{one.pk}"] for one in self.candidates}


class MoveForm(forms.Form):
    """Until when."""

    ends_on = forms.DateField(label=gettext_lazy("Until when?"), widget=forms.DateInput(attrs={"type": "date"}))


class CancelForm(forms.Form):
    """Why it is taken back."""

    because = forms.CharField(
        label=gettext_lazy("Why do you take it back?"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("May stay empty. Whoever opens their link reads it; no mail goes out."),
    )


def _choice(item: InstrumentItem) -> tuple[str, str]:
    return str(item.pk), f"{item.code} {item.text}"
