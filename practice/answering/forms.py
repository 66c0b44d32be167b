"""One principle: its proof points, each with a place on the scale or a reason for none, and how much it would matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from practice.instruments.content import Instrument, Principle, ProofPoint
from practice.models import Answer

NOTE_ROOM = 1000
INSTEAD = {"dk": Answer.Instead.DONT_KNOW, "no": Answer.Instead.NOT_OURS}


@dataclass(frozen=True)
class Given:
    """One answer: a place from 1, or what was said instead; an empty one takes back what was answered."""

    value: int | None = None
    instead: str = ""
    note: str = ""

    @property
    def is_empty(self) -> bool:
        return self.value is None and not self.instead and not self.note


@dataclass(frozen=True)
class AskedPoint:
    """A proof point with the fields of its answer, for the page."""

    point: ProofPoint
    answer: forms.BoundField
    note: forms.BoundField


class PrincipleForm(forms.Form):
    """Nothing in it must be filled in: whoever leaves a question open may come back to it."""

    is_filter = True  # nothing in it is required

    def __init__(
        self,
        instrument: Instrument,
        principle: Principle,
        *args: Any,
        given: dict[str, Given],
        weight: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.principle = principle
        scale = [(str(place), answer) for place, answer in enumerate(instrument.practice.answers, start=1)]
        instead = [(name, choice.label) for name, choice in INSTEAD.items()]
        for point in principle.proof_points:
            before = given.get(point.key, Given())
            self.fields[f"a-{point.key}"] = forms.ChoiceField(
                label=point.text,
                choices=[*scale, *instead],
                required=False,
                widget=forms.RadioSelect,
                initial=_choice(before),
            )
            self.fields[f"n-{point.key}"] = forms.CharField(
                label=_("What could you point at?"),
                required=False,
                max_length=NOTE_ROOM,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=before.note,
            )
        self.fields["weight"] = forms.ChoiceField(
            label=instrument.importance.question,
            choices=[(str(place), answer) for place, answer in enumerate(instrument.importance.answers, start=1)],
            required=False,
            widget=forms.RadioSelect,
            initial=str(weight or ""),
        )

    @property
    def points(self) -> Iterator[AskedPoint]:
        """The proof points in their order."""
        return (AskedPoint(point, self[f"a-{point.key}"], self[f"n-{point.key}"]) for point in self.principle.proof_points)

    def answers(self) -> dict[str, Given]:
        """What was answered, by the keys of the proof points."""
        return {point.key: self._given(point.key) for point in self.principle.proof_points}

    def weight(self) -> int | None:
        """How much it would matter, or nothing."""
        said = self.cleaned_data.get("weight")
        return int(said) if said else None

    def _given(self, key: str) -> Given:
        said, note = self.cleaned_data.get(f"a-{key}", ""), self.cleaned_data.get(f"n-{key}", "").strip()
        if said in INSTEAD:
            return Given(None, INSTEAD[said], note)
        return Given(int(said) if said else None, "", note)


def _choice(given: Given) -> str:
    if given.instead:
        return next(name for name, choice in INSTEAD.items() if choice == given.instead)
    return str(given.value or "")
