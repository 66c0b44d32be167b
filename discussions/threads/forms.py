"""Forms with which conversations begin and grow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ambassadors.picking import PeopleField
from discussions.forms import ThreadStartForm
from discussions.models import SEATS, Space, Thread
from discussions.posts.beginnings import whom
from foundation.fields import RichTextFormField

if TYPE_CHECKING:
    from ambassadors.models import User

FULL = _("A private conversation has room for eight people, you included.")
KINDS = [
    (Thread.Kind.DISCUSSION, _("A discussion: something to think about together")),
    (Thread.Kind.QUESTION, _("A question: you mark the answer that helped")),
]


class PrivateThreadForm(ThreadStartForm):
    """The beginning of a private conversation, perhaps with several people."""

    also = PeopleField(
        label=_("Who else"),
        required=False,
        most=SEATS,
        too_many=FULL,
        help_text=_("Full names, with commas between them. Everybody can read and answer everybody; there is room for eight."),
    )
    field_order = ("also", "subject", "body")

    def __init__(self, *args: Any, reader: User, named: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named = named
        self.fields["also"].reader = reader  # type: ignore[attr-defined]

    def clean_also(self) -> list[User]:
        """Whom the names mean, if there is room for them."""
        people: list[User] = self.cleaned_data["also"]
        if len(people) + self.named + 1 > SEATS:
            raise ValidationError(FULL)
        return people


class SpaceThreadForm(ThreadStartForm):
    """The beginning of a conversation in a space."""

    space = forms.ModelChoiceField(
        queryset=Space.objects.none(),
        to_field_name="slug",
        label=_("Where"),
        empty_label=_("Choose a space"),
        help_text=_("Whoever reads the space reads this."),
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=KINDS, widget=forms.RadioSelect, initial=Thread.Kind.DISCUSSION)
    field_order = ("space", "kind", "subject", "body")

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = Space.objects.visible_to(reader).begun_in_by(reader)  # type: ignore[attr-defined]


class BeginningForm(forms.Form):
    """What somebody has begun, to be kept as it is: nothing of it must be there yet."""

    to = forms.CharField(required=False, max_length=700)
    space = forms.ModelChoiceField(queryset=Space.objects.none(), to_field_name="slug", required=False)
    kind = forms.ChoiceField(choices=KINDS, required=False)
    subject = forms.CharField(required=False, max_length=150)
    body = RichTextFormField(required=False)

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = Space.objects.visible_to(reader).begun_in_by(reader)  # type: ignore[attr-defined]

    def clean_to(self) -> str:
        """The same people in any order are the same."""
        return whom(self.cleaned_data["to"].split(","))


class ParticipantAddForm(forms.Form):
    """Who is to come into a private conversation."""

    names = PeopleField(label=_("Who is to join"), most=SEATS, too_many=FULL, help_text=_("Full names, with commas between them."))

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["names"].reader = reader  # type: ignore[attr-defined]
