"""What a person's archive holds of the commitments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from ambassadors.models import Affirmation, CommitmentsEdition
from foundation.privacy_export import Record, Section, exempt, sections

if TYPE_CHECKING:
    from ambassadors.models import User


def what_they_affirmed(person: User) -> Iterable[Record]:
    """Each edition they answered, and when."""
    for one in Affirmation.objects.filter(ambassador__user=person).select_related("edition").order_by("pk"):
        yield {"edition": one.edition.number, "answer": one.answer, "at": one.at, "via": one.via}


def forget_affirmations(person: User) -> None:
    """Their answers go with them; an edition they drafted stays without a name."""
    Affirmation.objects.filter(ambassador__user=person).delete()
    CommitmentsEdition.objects.filter(by=person).update(by=None)


sections.add(
    "affirmations",
    Section(
        _("The commitments you affirmed"),
        what_they_affirmed,
        forget_affirmations,
        models=("ambassadors.Affirmation", "ambassadors.CommitmentsEdition"),
    ),
)
exempt.add("ambassadors.Commitment", "the words of an edition: the community's own, and they name nobody")
