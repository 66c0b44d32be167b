"""Forms about spaces."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambassadors.models import User
from ambassadors.picking import PersonField, can_be_named, written_for
from discussions import rules
from discussions.models import Space, SpaceRole
from discussions.spaces.workflow import NAME_OF_OURS, may_be_called, may_be_read_by

Role = SpaceRole.Role
FEW = 12  # to choose from at a glance
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
    """What a micro-community says of itself, who reads it, and whether its words may be mailed."""

    openness = forms.ChoiceField(label=_("Who reads it"), choices=list(OPENNESS.items()), widget=forms.RadioSelect)

    class Meta:
        model = Space
        fields = ["name", "purpose", "outcome", "openness", "headlines_only", "starts_on", "ends_on"]
        labels = {"name": _("Name"), "purpose": _("What it is for"), "outcome": _("What there should be at the end")}
        labels |= {"headlines_only": _("Keep what is said here out of mail")}
        labels |= {"starts_on": _("Begins on"), "ends_on": _("Is to end on")}
        help_texts = {
            "purpose": _("A sentence or two: whom it is for, and what about."),
            "outcome": _("Something one can point at one day. It helps to know when you are done."),
            "headlines_only": _(
                "Mail then says who wrote and about what, and leads to the site for the words. Others may read a mailbox, too."
            ),
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
        if not self.instance.pk and not may_be_called(given.get("name", ""), given.get("openness", "")):
            self.add_error("name", NAME_OF_OURS)
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
        fields = ["name", "purpose", "headlines_only"]

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
    """Somebody, as what, and a word to them. `to` is who was chosen on their profile."""

    person = PersonField(
        label=_("Whom"),
        help_text=_("The full name. Begin to type it, a place or an organisation, and choose from those who are found."),
    )
    role = forms.ChoiceField(label=_("As a"), widget=forms.RadioSelect, initial=Role.PARTICIPANT)
    words = _words(_("A word to them"))

    def __init__(self, *args: Any, by: User, roles: list[SpaceRole.Role], to: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.reader = by
        chosen = can_be_named(by).exclude(user=by).filter(slug=to).first() if to else None
        field.initial = written_for(by, chosen) if chosen else ""
        self.fields["role"].choices = [_with_rights(role) for role in roles]  # type: ignore[attr-defined]
        if len(roles) == 1:
            self.fields["role"].initial = roles[0]


class HandOverForm(forms.Form):
    """To whom of those who are in it: a few to choose from, or a name where they are many."""

    person = PersonField(label=_("To whom"))
    words = _words(_("A word to them"))

    def __init__(self, *args: Any, space: Space, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(people.order_by("sort_name", "pk")[: FEW + 1])
        if len(self.people) <= FEW:
            choices = [(one.pk, one.name) for one in self.people]
            gone = {"invalid_choice": _("That person is not in it any more.")}
            self.fields["person"] = forms.TypedChoiceField(
                label=_("To whom"), choices=choices, coerce=self._one, widget=forms.RadioSelect, error_messages=gone
            )
            return
        field: Any = self.fields["person"]
        field.among, field.help_text = people, _("The full name of somebody who is in it.")
        field.widget.attrs["data-people-url"] = reverse("discussions:space-person-list", args=[space.slug])

    def _one(self, pk: str) -> User:
        return next(one for one in self.people if str(one.pk) == pk)


class RolesForm(forms.Form):
    """What somebody is in it; nothing takes them out."""

    roles = forms.MultipleChoiceField(label=_("Roles"), choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple)
