"""Taking a person's names out of texts that stay."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import F, Func, QuerySet, Value

from foundation.models import HistoryEntry

if TYPE_CHECKING:
    from ambassadors.models import User

PSEUDONYM = "a former member"  # the database knows this word: no other may take the place of a name in the history
TAKEN_OUT = "taken out when the person was erased"
FORMER_NOMINEE = "a former nominee"  # likewise, of somebody who was never here
NOTE_TAKEN_OUT = "taken out when the case was forgotten"
SHORTEST = 3  # a name of two letters stands in half of all words


def names_of(person: User) -> list[str]:
    """What may stand for the person in a text: every address, the name, and what they were called before; the longest first."""
    account: Any = person
    lines = HistoryEntry.objects.filter(actor=person).exclude(actor_name="")
    former = lines.order_by("actor_name").values_list("actor_name", flat=True).distinct()
    words = {person.name, person.email, *former, *account.emailaddress_set.values_list("email", flat=True)}
    return sorted((word for word in words if len(word) >= SHORTEST), key=len, reverse=True)


def take_out(rows: QuerySet, field: str, names: Iterable[str]) -> None:
    """Put the pseudonym in the place of each of `names` in a text field of the rows; capitals do not matter."""
    for name in names:
        pattern = Value(rf"\m{re.escape(name)}\M" if name[0].isalnum() and name[-1].isalnum() else re.escape(name))
        said = Func(F(field), pattern, Value(PSEUDONYM), Value("gi"), function="regexp_replace")
        rows.filter(**{f"{field}__icontains": name}).update(**{field: said})
