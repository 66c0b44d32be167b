"""What a person's archive holds of practices: the organisations whose sessions they run. Answers are the organisation's, not theirs."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from ambassadors.models import User
from foundation.privacy_export import Record, Section, exempt, sections
from practice.models import PracticeAdministrator, PracticeOrganization
from practice.organizations.erasing import erase_all


def export(person: User) -> Iterable[Record]:
    """Which organisations, and since when."""
    for row in PracticeAdministrator.objects.filter(person=person).select_related("organization").order_by("pk"):
        yield {"organization": row.organization.name, "since": row.since}


def erase(person: User) -> None:
    """Their seats go; an organisation that nobody else runs goes with all that was answered in it: nobody could ever read it again."""
    own = PracticeOrganization.objects.filter(administrators__person=person)
    # Under the organisations' rows: of two last ones who are erased at the same time the second finds that nobody is left, and quartiles
    # that are worked out at this moment put no number in behind what is deleted here.
    held = list(own.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    PracticeAdministrator.objects.filter(person=person).delete()
    erase_all(PracticeOrganization.objects.filter(pk__in=held, administrators=None).values_list("pk", flat=True))


sections.add(
    "practice",
    Section(
        _("Practice"),
        export,
        erase,
        models=("practice.PracticeAdministrator", "practice.PracticeOrganization", "practice.LearningSession"),
        text=_(
            "The organisations whose learning sessions you run. What was answered in them belongs to the organisation: fetch it there."
        ),
    ),
)
HELD = "what an organisation asked of its own people: fetched and erased by its administrator, not by an account here"
for name in (
    "Respondent",
    "Respondent_modules",
    "LearningSession_modules",
    "Sheet",
    "Answer",
    "Weight",
    "Tally",
    "Action",
    "RoomNote",
    "BenchmarkConsent",
    "BenchmarkFigure",
    "BenchmarkShare",
    "PracticeInvitation",
):
    exempt.add(f"practice.{name}", HELD)
exempt.add("practice.PracticeStart", "an address that was typed in and not confirmed: forgotten within a day")
exempt.add("practice.Instrument", "a published questionnaire: what its writers wrote is in the edition of its product")
exempt.add("practice.InstrumentEdition", "the text of a questionnaire: what its writers wrote is in the edition of its product")
exempt.add("practice.InstrumentItem", "what a published questionnaire asks")
