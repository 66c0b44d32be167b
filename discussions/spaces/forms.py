"""Forms about spaces."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Ambassador, User
from discussions import rules
from discussions.models import Space, SpaceRole
from discussions.spaces.workflow import may_be_read_by
from foundation.search import words_of

Role = SpaceRole.Role
FOUND = 12
_day = {"type": "date"}
WORDS_ROOM = 1000
OPENNESS = {
    Space.Openness.OPEN: _("Open: every ambassador reads what is said, and joins by pressing a button"),
    Space.Openness.CLOSED: _("Closed: everybody sees its name and purpose; what is said, and who is in it, is for its people"),
    Space.Openness.HIDDEN: _("Hidden: only its people know that it is there"),
}


def _words(label: Any, help_text: Any = "", *, rows: int = 3) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=WORDS_ROOM, widget=area)


class SpaceEditForm(forms.ModelForm):
    """What a micro-community says of itself, and who reads it."""

    openness = forms.ChoiceField(label=_("Who reads it"), choices=list(OPENNESS.items()), widget=forms.RadioSelect)

    class Meta:
        model = Space
        fields = ["name", "purpose", "outcome", "openness", "starts_on", "ends_on"]
        labels = {"name": _("Name"), "purpose": _("What it is for"), "outcome": _("What there should be at the end")}
        labels |= {"starts_on": _("Begins on"), "ends_on": _("Is to end on")}
        help_texts = {
            "purpose": _("A sentence or two: whom it is for, and what about."),
            "outcome": _("Something one can point at one day. It helps to know when you are done."),
            "ends_on": _("Two weeks before, its leaders are reminded. It can always be given more time."),
        }
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 3}),
            "outcome": forms.Textarea(attrs={"rows": 2}),
            "starts_on": forms.DateInput(attrs=_day, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs=_day, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            there = [(key, label) for key, label in OPENNESS.items() if may_be_read_by(self.instance, key)]
            self.fields["openness"].choices = there  # type: ignore[attr-defined]
            if len(there) < len(OPENNESS):
                self.fields["openness"].help_text = _("What was said to few is not opened to everybody: for that, begin a new one.")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        begin, end = given.get("starts_on"), given.get("ends_on")
        if begin and end and end < begin:
            self.add_error("ends_on", _("It cannot end before it begins."))
        return given


class SpaceStartForm(SpaceEditForm):
    """The same for one that begins."""

    openness = forms.ChoiceField(
        label=_("Who reads it"), choices=list(OPENNESS.items()), widget=forms.RadioSelect, initial=Space.Openness.OPEN
    )


class TopicForm(SpaceEditForm):
    """A topic is for everybody and has no end."""

    openness = None  # type: ignore[assignment]

    class Meta(SpaceEditForm.Meta):
        fields = ["name", "purpose"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        forms.ModelForm.__init__(self, *args, **kwargs)


class SpaceEndForm(forms.Form):
    """The word on what came of it."""

    outcome_note = forms.CharField(
        label=_("What came of it"),
        help_text=_("What you made, learnt or dropped, and where one finds it. It stands at the top of the space from now on."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class SpaceAskForm(forms.Form):
    """As what one would like to be in it, with a word. Only the roles that one does not have are offered."""

    role = forms.ChoiceField(label=_("I would like to be a"), widget=forms.RadioSelect)
    words = _words(_("A word to its leaders"), _("What brings you there, or what you can bring."))

    def __init__(self, *args: Any, held: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = [Role.PARTICIPANT, Role.ADVISOR, Role.PROMOTER, Role.LEADER]
        self.fields["role"].choices = [_with_rights(role) for role in order if role not in held]  # type: ignore[attr-defined]


def _with_rights(role: SpaceRole.Role) -> tuple[str, str]:
    return role.value, f"{str(role.label).capitalize()}: {rules.RIGHTS[role]}"


class AnswerForm(forms.Form):
    """A word with a yes or a no."""

    answer = _words(_("A word with your answer"), rows=2)


class SpaceInviteForm(forms.Form):
    """Somebody out of the people who were found by `q`, as what, and a word to them."""

    person = forms.ModelChoiceField(
        label=_("Whom"), queryset=Ambassador.objects.none(), to_field_name="slug", widget=forms.RadioSelect, empty_label=None
    )
    role = forms.ChoiceField(label=_("As a"), widget=forms.RadioSelect, initial=Role.PARTICIPANT)
    words = _words(_("A word to them"))

    def __init__(self, *args: Any, by: User, roles: list[SpaceRole.Role], q: str = "", to: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = Ambassador.objects.visible_to(by).active().exclude(user=by).select_related("user", "organization")
        field: Any = self.fields["person"]
        # What is posted may be anybody whom the one who invites finds; what is shown are those who were looked for.
        field.queryset = everybody
        self.found = _found(everybody, by, q, to)
        field.choices = [(one.slug, one.name) for one in self.found]
        if len(self.found) == 1:
            field.initial = self.found[0].slug
        self.fields["role"].choices = [_with_rights(role) for role in roles]  # type: ignore[attr-defined]
        if len(roles) == 1:
            self.fields["role"].initial = roles[0]


def _found(everybody: Any, by: User, q: str, to: str) -> list[Ambassador]:
    if to:
        return list(everybody.filter(slug=to)[:1])
    words = words_of(q)
    return list(everybody.matching(words, by).by_nearness()[:FOUND]) if words else []


class HandOverForm(forms.Form):
    """To whom of those who are in it."""

    person = forms.ChoiceField(label=_("To whom"), widget=forms.RadioSelect)
    words = _words(_("A word to them"))

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class RolesForm(forms.Form):
    """What somebody is in it; nothing takes them out."""

    roles = forms.MultipleChoiceField(label=_("Roles"), choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple)
