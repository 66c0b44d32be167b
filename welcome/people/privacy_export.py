"""What an archive holds of suggestions, and what erasing leaves of them: nothing, on either side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.privacy_export import Record, Section, sections
from welcome.models import NoSuggestions, PersonSetAside

if TYPE_CHECKING:
    from ambassadors.models import User


def decisions_of(person: User) -> Iterable[Record]:
    """Whom they set aside, and since when they want no suggestions."""
    for row in PersonSetAside.objects.filter(person=person).select_related("other"):
        yield {"set_aside": str(row.other), "at": row.at}
    for since in NoSuggestions.objects.filter(person=person).values_list("since", flat=True):
        yield {"no_suggestions_since": since}


def forget_decisions(person: User) -> None:
    """All of it goes, and what others decided about them as well."""
    PersonSetAside.objects.filter(Q(person=person) | Q(other=person)).delete()
    NoSuggestions.objects.filter(person=person).delete()


sections.add(
    "people to meet",
    Section(
        _("People you may want to meet"),
        decisions_of,
        forget_decisions,
        weight=14,
        models=("welcome.PersonSetAside", "welcome.NoSuggestions"),
        text=_("Whom you set aside among the people suggested to you. Nobody but you sees this."),
    ),
)
