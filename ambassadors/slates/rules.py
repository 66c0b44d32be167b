"""Who may do what with a slate, and who has nothing to say of a nominee on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ambassadors.models import Recusal
from ambassadors.nominations import rules

if TYPE_CHECKING:
    from collections.abc import Collection

    from ambassadors.models import Slate, SlateEntry, User


def leads(user: User | None, slate: Slate | None = None) -> bool:
    """The vetting leads put slates together, open and close them."""
    return rules.leads(user)


def stepped_back(person: User, slate: Slate) -> frozenset[int]:
    """Return the keys of the cases on the slate that the person has stepped back from."""
    of_slate = Recusal.objects.filter(person=person, nomination__slate_entries__slate=slate)
    return frozenset(of_slate.values_list("nomination_id", flat=True))


def why_barred(person: User, entry: SlateEntry, stepped: Collection[int]) -> str:
    """Say, kindly, why nothing is asked of the person about this nominee; nothing when something is.

    Whoever nominated somebody has spoken for them already: to count that twice would make friends weigh more than strangers. A
    nominator who has come to doubt takes the nomination back, or writes to the vetting leads.
    """
    nomination = entry.nomination
    if person.pk == nomination.nominee_id:
        return _("This is about you, so it is for the others to say. Thank you for your patience.")
    if person.pk == nomination.nominator_id:
        return _("You put them forward, which says it already: nothing more is asked of you here.")
    return _("You stepped back from this one, so nothing is asked of you here.") if nomination.pk in stepped else ""
