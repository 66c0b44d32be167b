"""What somebody decides about suggestions. No line of history tells it: it would say whom they do not want to meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from welcome.models import NoSuggestions, PersonSetAside

if TYPE_CHECKING:
    from ambassadors.models import User


def set_aside(other: User, *, by: User) -> None:
    """Suggest them no more."""
    PersonSetAside.objects.get_or_create(person=by, other=other)


def take_back(other: User, *, by: User) -> None:
    """Let them be suggested again."""
    PersonSetAside.objects.filter(person=by, other=other).delete()


def switch_off(*, by: User) -> None:
    """Suggest nobody to this person."""
    NoSuggestions.objects.get_or_create(person=by)


def switch_on(*, by: User) -> None:
    """Suggest people again; who was set aside stays so."""
    NoSuggestions.objects.filter(person=by).delete()
