from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.cleaning import clean_line, clean_text
from ambassadors.models import CriteriaEdition, Evidence, Nomination
from ambassadors.models.nomination import WORDS_ROOM
from foundation.models import RoleLabel, Sector

if TYPE_CHECKING:
    from ambassadors.models import User

LINES = ("name", "organization", "job_title", "place", "reason")
TEXTS = ("relation", "conflict_text", "slate_text")


class _Cleaned(forms.ModelForm):
    """Words of people, tidied as they come in."""

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name in [name for name in self.cleaned_data if isinstance(self.cleaned_data[name], str)]:
            tidy = clean_line if name in LINES else clean_text
            try:
                self.cleaned_data[name] = tidy(self.cleaned_data[name])
            except forms.ValidationError as error:
                self.add_error(name, error)


class ProspectForm(_Cleaned):
    """A name and a sentence. `anyway` says that whoever was shown as perhaps the same is somebody else."""

    reason = forms.CharField(
        label=_("Why them, in a sentence"), max_length=500, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500})
    )
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Nomination
        fields = ["name", "reason", "email", "organization"]

    def values(self) -> dict[str, Any]:
        """What goes on the list."""
        return {name: self.cleaned_data[name] for name in ("name", "reason", "email", "organization")}


class NominationForm(_Cleaned):
    """The whole nomination. Only the name is needed to keep it; what else is missing is said when one submits it."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)  # which criteria the page asked about

    class Meta:
        model = Nomination
        fields = ["name", "email", "organization", "job_title", "place", "sector", "role_labels", "reason", "relation"]
        fields += ["conflict", "conflict_text", "nominee_knows", "slate_text"]
        widgets = {
            "role_labels": forms.CheckboxSelectMultiple,
            "reason": forms.Textarea(attrs={"rows": 2}),
            "relation": forms.Textarea(attrs={"rows": 4}),
            "conflict": forms.RadioSelect,
            "conflict_text": forms.Textarea(attrs={"rows": 3}),
            "nominee_knows": forms.RadioSelect,
            "slate_text": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts = {
            "email": _("An invitation is bound to it. Nobody writes to them before the community has decided."),
            "place": _("A town and its country, such as: Porto, Portugal."),
            "relation": _("Since when, from where, and how well."),
            "conflict": _("Such as family, a shared employer, or money between you. It does not speak against anybody."),
            "nominee_knows": _("Either is fine. If they do not know yet, it spares them a disappointment."),
        }

    is_filter = True  # what is needed is said beside each field when one submits: no field has to say that it is optional

    def __init__(self, *args: Any, author: User, edition: CriteriaEdition | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision if self.instance.pk else None
        self.initial["edition"] = edition.pk if edition else None
        self.fields["sector"].queryset = Sector.objects.visible_to(author)  # type: ignore[attr-defined]
        self.fields["role_labels"].queryset = RoleLabel.objects.visible_to(author)  # type: ignore[attr-defined]
        for name, choices in (("conflict", Nomination.Conflict), ("nominee_knows", Nomination.Knows)):
            self.fields[name].choices = choices.choices  # type: ignore[attr-defined]
        self.edition_pk = edition.pk if edition else None
        self.criteria = list(edition.criteria.all()) if edition else []
        self._ask_for_evidence()

    def _ask_for_evidence(self) -> None:
        given = self.evidence_so_far()
        for criterion in self.criteria:
            name = f"evidence_{criterion.pk}"
            self.fields[name] = forms.CharField(
                label=criterion.text,
                help_text=criterion.explanation,
                required=False,
                max_length=WORDS_ROOM,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            self.initial[name] = given.pop(criterion.pk, "") or given.pop(criterion.text, "")
        self.left_over = [(text, words) for text, words in given.items() if isinstance(text, str)]

    def evidence_so_far(self) -> dict[int | str, str]:
        """What was written, by key of a criterion of this form, and by the words of those of an older edition."""
        if not self.instance.pk:
            return {}
        keys = {criterion.pk for criterion in self.criteria}
        rows = Evidence.objects.filter(nomination=self.instance).select_related("criterion")  # unscoped: of the author's own draft
        return {(one.criterion_id if one.criterion_id in keys else one.criterion.text): one.text for one in rows}

    def values(self) -> dict[str, Any]:
        """What was written, field by field."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def evidence(self) -> dict[int, str]:
        """What was seen, by key of the criterion."""
        return {one.pk: self.cleaned_data[f"evidence_{one.pk}"] for one in self.criteria}

    @property
    def musts(self) -> list[forms.BoundField]:
        """The fields of the criteria without which nobody is invited."""
        return [self[f"evidence_{one.pk}"] for one in self.criteria if one.kind == "must"]

    @property
    def desirables(self) -> list[forms.BoundField]:
        """The fields of those that one hopes for."""
        return [self[f"evidence_{one.pk}"] for one in self.criteria if one.kind != "must"]
